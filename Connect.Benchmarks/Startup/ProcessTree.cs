using System.Collections.Immutable;
using System.Globalization;

namespace Connect.Benchmarks.Startup;

/// <summary>A process as Linux tells of it.</summary>
/// <param name="Id">Its number, which another process may get later.</param>
/// <param name="Parent">Who started it.</param>
/// <param name="Began">When it was started, in ticks since the machine was: with the number it names one process.</param>
/// <param name="HasEnded">Whether only its end is still to be asked for.</param>
internal readonly record struct ProcessEntry(int Id, int Parent, long Began, bool HasEnded);

/// <summary>Which processes a process has started, so that it can be seen whether they end with it.</summary>
internal static class ProcessTree
{
    /// <summary>Everything that runs on the machine; nothing where the system is not Linux.</summary>
    public static IEnumerable<ProcessEntry> Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (TryRead(Path.Combine(folder, "stat")) is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>A line of <c>/proc/…/stat</c>. A program's name may hold anything, so what matters is behind its last bracket.</summary>
    public static ProcessEntry Parse(string line)
    {
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return new(
            int.Parse(line[..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture),
            int.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture), fields[0] is "Z" or "X");
    }

    /// <summary>A process and all that it and its children have started.</summary>
    public static ImmutableArray<ProcessEntry> Of(int root, IEnumerable<ProcessEntry> all)
    {
        var entries = all.ToList();
        var children = entries.ToLookup(static entry => entry.Parent);
        var found = ImmutableArray.CreateBuilder<ProcessEntry>();
        Queue<ProcessEntry> next = new(entries.Where(entry => entry.Id == root));
        while (next.TryDequeue(out var entry))
        {
            found.Add(entry);
            foreach (var child in children[entry.Id])
            {
                next.Enqueue(child);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Those of them that still run.</summary>
    public static IEnumerable<ProcessEntry> Left(IEnumerable<ProcessEntry> former, IEnumerable<ProcessEntry> all)
    {
        var running = all.Where(static entry => !entry.HasEnded).Select(static entry => (entry.Id, entry.Began)).ToHashSet();
        return former.Where(entry => running.Contains((entry.Id, entry.Began)));
    }

    private static ProcessEntry? TryRead(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
