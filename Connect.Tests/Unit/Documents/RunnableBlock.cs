using System.Text.RegularExpressions;

namespace Connect.Tests.Unit.Documents;

/// <summary>A <c>bash</c> block of a document, and the output that the document shows for it.</summary>
/// <param name="Line">The line of the document on which the command begins, counted from 1.</param>
/// <param name="Command">The lines of the command.</param>
/// <param name="Output">The lines of the block without a language that follows directly; null where none does.</param>
public sealed partial record RunnableBlock(int Line, string Command, string? Output)
{
    /// <summary>The blocks of a document, or of one of its sections, in order.</summary>
    /// <param name="document">Markdown.</param>
    /// <param name="heading">The section's heading with its marks, such as <c>## Example</c>; null for the whole document.</param>
    public static IReadOnlyList<RunnableBlock> Read(string document, string? heading = null)
    {
        var lines = document.ReplaceLineEndings("\n").Split('\n');
        var (first, end) = heading is null ? (0, lines.Length) : Section(lines, heading);
        var blocks = new List<RunnableBlock>();
        for (var line = first; line < end; line++)
        {
            if (lines[line] == "```bash")
            {
                var (command, after) = Fence(lines, line);
                var (output, last) = after + 2 < end && lines[after + 1].Length == 0 && lines[after + 2] == "```" ? Fence(lines, after + 2) : (null, after);
                blocks.Add(new RunnableBlock(line + 2, command!, output));
                line = last;
            }
        }

        return blocks;
    }

    private static (int First, int End) Section(string[] lines, string heading)
    {
        var first = Array.IndexOf(lines, heading);
        Assert.True(first >= 0, $"The document has no section '{heading}'.");
        var fenced = false;
        for (var line = first + 1; line < lines.Length; line++)
        {
            fenced ^= Fences().IsMatch(lines[line]);
            if (!fenced && lines[line].StartsWith("## ", StringComparison.Ordinal))
            {
                return (first, line);
            }
        }

        return (first, lines.Length);
    }

    // The text of a block, and the line that ends it.
    private static (string? Text, int End) Fence(string[] lines, int begin)
    {
        var end = Array.IndexOf(lines, "```", begin + 1);
        Assert.True(end >= 0, $"The block on line {begin + 1} has no end.");
        return (string.Join('\n', lines[(begin + 1)..end]), end);
    }

    [GeneratedRegex("^```")]
    private static partial Regex Fences();
}
