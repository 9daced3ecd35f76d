using Spectre.Console;

namespace Connect.LocalAspire.Console;

/// <summary>Writes the lines of all resources to the terminal, each behind its coloured name.</summary>
internal sealed class ConsoleLog(IAnsiConsole console) : IResourceLog
{
    private const int NameWidth = 16;

    private static readonly string[] Colours = ["aqua", "yellow", "lime", "fuchsia", "orange1", "deepskyblue1", "springgreen1", "violet"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _colours = [];

    public void Write(string source, string line)
    {
        lock (_lock)
        {
            var name = source.PadRight(NameWidth);
            if (console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors)
            {
                System.Console.Out.WriteLine($"{name} | {line}");
                return;
            }

            // Only the name goes through the markup: a resource may write brackets, and long lines must not be folded.
            console.Markup($"[{ColourOf(source)}]{Markup.Escape(name)} |[/] ");
            System.Console.Out.WriteLine(line);
        }
    }

    /// <summary>Writes something of several lines with no log line in between.</summary>
    public void Write(Action<IAnsiConsole> write)
    {
        lock (_lock)
        {
            write(console);
        }
    }

    private string ColourOf(string source)
    {
        var resource = source.Split('/')[0];
        if (!_colours.TryGetValue(resource, out var colour))
        {
            _colours[resource] = colour = Colours[_colours.Count % Colours.Length];
        }

        return colour;
    }
}
