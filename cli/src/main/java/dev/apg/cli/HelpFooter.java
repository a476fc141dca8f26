package dev.apg.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Prints what stands below the options: text as wide as the terminal, examples as they are to be copied. */
final class HelpFooter implements IHelpSectionRenderer {
    /** For a command and its subcommands. */
    static void teach(CommandLine commandLine) {
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, new HelpFooter());
        commandLine.getSubcommands().values().forEach(HelpFooter::teach);
    }

    @Override
    public String render(CommandLine.Help help) {
        UsageMessageSpec usage = help.commandSpec().usageMessage();
        var lines = new ArrayList<String>();
        var paragraph = new ArrayList<String>();
        for (String line : usage.footer()) {
            boolean copied = line.startsWith("  ");
            if (copied || line.isEmpty() || line.endsWith(":")) {
                lines.addAll(wrapped(paragraph, usage.width()));
                paragraph.clear();
                lines.add(line);
            } else {
                paragraph.add(line);
            }
        }
        lines.addAll(wrapped(paragraph, usage.width()));
        return String.join(System.lineSeparator(), lines) + (lines.isEmpty() ? "" : System.lineSeparator());
    }

    private static List<String> wrapped(List<String> paragraph, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : String.join(" ", paragraph).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
