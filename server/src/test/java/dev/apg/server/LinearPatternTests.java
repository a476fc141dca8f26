package dev.apg.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.Pattern.Flag;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A text that is made for it keeps a pattern that backtracks busy for years. Each pattern of ours is tried on such texts, and how
 * often it looks at a character is counted, so that a slow machine changes nothing.
 */
class LinearPatternTests {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int LENGTH = 2_000;

    /** Looks at each character; beyond it the time grows faster than the text. */
    private static final int LOOKS = 100;

    private static final List<String> REPEATED = List.of(
            "a", "A", "0", "9", " ", "\t", ".", "-", "_", "/", ":", ",", ";", "=", "@", "+", "*", "|", "\"", "'", "\\",
            "(", "[", "{", "<", "~", "%", "$", "é", "a.", "a-", "-a", "0.", ".0", "a/", "1.1.", "a b ", " ,", ", ",
            "||", "a@", "\\\"", "a=", "a:b,", "${", "}}", "apg_", "eyJ", "eyJa.", ">=1 ", "^1 || ", "0-", "A_");

    private static final List<String> ENDS = List.of("", "!", "\u0000", "\n", "é");

    /** Counts how often somebody looks. */
    private static final class Watched implements CharSequence {
        private final String text;
        private int looks;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > LOOKS * LENGTH) {
                throw new IllegalStateException("too often");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void no_pattern_of_ours_looks_at_a_text_much_longer_than_it_is() throws Exception {
        Map<String, Pattern> patterns = new TreeMap<>();
        for (Class<?> type : classes()) {
            constants(type, patterns);
            constraints(type, patterns);
        }
        literals(patterns);
        assertThat(patterns).hasSizeGreaterThan(60);
        List<String> slow = new ArrayList<>();
        patterns.forEach((where, pattern) -> {
            for (String repeated : REPEATED) {
                for (String end : ENDS) {
                    String text = repeated.repeat(LENGTH / repeated.length()) + end;
                    if (isSlow(pattern.matcher(new Watched(text)))) {
                        slow.add("%s: %s on %s…%s".formatted(where, pattern, repeated.repeat(3), end));
                        return;
                    }
                }
            }
        });
        assertThat(slow).isEmpty();
    }

    private static boolean isSlow(Matcher matcher) {
        try {
            matcher.matches();
            return false;
        } catch (IllegalStateException | StackOverflowError counted) {
            return true;
        }
    }

    @Test
    void a_pattern_that_backtracks_would_be_found() {
        for (String pattern : List.of("a*a*a*b", ".*.*.*=.*")) {
            assertThat(isSlow(Pattern.compile(pattern).matcher(new Watched("a".repeat(LENGTH) + "!"))))
                    .as(pattern)
                    .isTrue();
        }
    }

    private static List<Class<?>> classes() throws IOException, ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        for (String root : System.getProperty("java.class.path").split(":")) {
            if (Files.isDirectory(Path.of(root)) && !root.endsWith("test-classes")) {
                try (Stream<Path> files = Files.walk(Path.of(root))) {
                    for (String name : files.map(
                                    file -> Path.of(root).relativize(file).toString())
                            .filter(file ->
                                    file.startsWith("dev/apg/") && file.endsWith(".class") && !file.contains("__"))
                            .toList()) {
                        classes.add(Class.forName(
                                name.substring(0, name.length() - ".class".length())
                                        .replace('/', '.'),
                                false,
                                LinearPatternTests.class.getClassLoader()));
                    }
                }
            }
        }
        return classes;
    }

    private static void constants(Class<?> type, Map<String, Pattern> patterns) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (field.getType() == Pattern.class && java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                patterns.put(type.getName() + "." + field.getName(), (Pattern) field.get(null));
            }
        }
    }

    private static void constraints(Class<?> type, Map<String, Pattern> patterns) {
        List<AnnotatedElement> elements = new ArrayList<>(List.of(type.getDeclaredFields()));
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                elements.add(component.getAccessor());
                elements.add(component.getAnnotatedType());
                if (component.getAnnotatedType() instanceof java.lang.reflect.AnnotatedParameterizedType generic) {
                    elements.addAll(List.of(generic.getAnnotatedActualTypeArguments()));
                }
            }
        }
        for (AnnotatedElement element : elements) {
            for (var constraint : element.getAnnotationsByType(jakarta.validation.constraints.Pattern.class)) {
                int flags =
                        Stream.of(constraint.flags()).mapToInt(Flag::getValue).sum();
                patterns.put(type.getName() + " " + constraint.regexp(), Pattern.compile(constraint.regexp(), flags));
            }
        }
    }

    /** Those that stand where they are used. */
    private static void literals(Map<String, Pattern> patterns) throws IOException {
        Pattern used = Pattern.compile("\\.(?:matches|replaceAll|replaceFirst|split)\\(\"((?:[^\"\\\\]|\\\\.)*+)\"");
        for (String module : List.of("server", "contract", "resolver")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    used.matcher(Files.readString(file))
                            .results()
                            .map(match -> match.group(1).translateEscapes())
                            .forEach(text -> patterns.put(file.getFileName() + " " + text, Pattern.compile(text)));
                }
            }
        }
    }
}
