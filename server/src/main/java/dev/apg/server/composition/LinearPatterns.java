package dev.apg.server.composition;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * The regular expressions of schemas, in time linear in the text (RE2): one that backtracks, written by whoever may
 * publish, could keep a processor busy for years. What RE2 cannot do (look-around, back-references) is refused here, and
 * the configuration is then said to be not checked.
 */
final class LinearPatterns implements RegularExpressionFactory {
    @Override
    public RegularExpression getRegularExpression(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return text -> pattern.matcher(text).find();
    }
}
