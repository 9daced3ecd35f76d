namespace Connect.LocalAspire.Console;

/// <summary>Passes the lines on and remembers the last ones of each source, to show when it fails.</summary>
internal sealed class ResourceLogs(IReadOnlyList<IResourceLog> targets)
{
    private const int Remembered = 40;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<string>> _tails = [];

    public void Write(string source, string line)
    {
        lock (_lock)
        {
            if (!_tails.TryGetValue(source, out var tail))
            {
                _tails[source] = tail = new Queue<string>(Remembered);
            }

            if (tail.Count == Remembered)
            {
                tail.Dequeue();
            }

            tail.Enqueue(line);
        }

        foreach (var target in targets)
        {
            target.Write(source, line);
        }
    }

    /// <summary>The last lines of one source, as they were written.</summary>
    public IReadOnlyList<string> LastLines(string source)
    {
        lock (_lock)
        {
            return _tails.TryGetValue(source, out var tail) ? [.. tail] : [];
        }
    }

    /// <summary>The last lines of a resource, all its replicas included.</summary>
    public IReadOnlyList<string> Tail(string resourceName)
    {
        lock (_lock)
        {
            return [.. _tails
                .Where(entry => entry.Key == resourceName || entry.Key.StartsWith(resourceName + "/", StringComparison.Ordinal))
                .SelectMany(entry => entry.Value.Select(line => $"{entry.Key} | {line}"))];
        }
    }
}
