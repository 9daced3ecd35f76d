using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Control;

/// <summary>A fault of a board; in control requests with a small first letter.</summary>
internal enum FaultKind
{
    /// <summary>No fault; it cannot be requested.</summary>
    None,

    /// <summary>The page is gone: 404.</summary>
    Status404,

    /// <summary>Too many requests: 429, to be asked again after a second.</summary>
    Status429,

    /// <summary>The board is broken: 500.</summary>
    Status500,

    /// <summary>No answer until the reader gives up.</summary>
    Timeout,

    /// <summary>The page, held back for <see cref="SimulatorOptions.SlowBy"/>.</summary>
    Slow,

    /// <summary>The page's first half under the length of the whole; then the connection breaks.</summary>
    Truncated,

    /// <summary>A page that goes on for 32 MiB, without a length.</summary>
    Oversized,

    /// <summary>Random bytes with the media type of HTML.</summary>
    Garbage,

    /// <summary>The list without rows. Only lists can have it.</summary>
    EmptyList,

    /// <summary>A page of another site.</summary>
    ChangedLayout,

    /// <summary>A redirect to a host that is not the board's.</summary>
    RedirectOffsite,
}

/// <summary>The pending faults per board, in the order of the requests for them.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Board, List<Pending>> _pending = [];

    /// <summary>
    /// Makes <paramref name="count"/> requests to a board fail, after <paramref name="after"/> that are answered. A
    /// count of 0 cancels pending faults of this kind.
    /// </summary>
    public void Add(Board board, FaultKind kind, int count, int after)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(board, out var pending))
            {
                _pending[board] = pending = [];
            }

            if (count == 0)
            {
                pending.RemoveAll(fault => fault.Kind == kind);
            }
            else
            {
                pending.Add(new(kind, count, after));
            }
        }
    }

    /// <summary>Cancels all pending faults.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _pending.Clear();
        }
    }

    /// <summary>
    /// Takes the fault of this request. A pending fault counts all requests since it was set, including those that fail
    /// by another fault.
    /// </summary>
    public FaultKind Take(Board board, bool isList)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(board, out var pending))
            {
                return FaultKind.None;
            }

            var taken = pending.FindIndex(fault => fault.After == 0 && (isList || fault.Kind != FaultKind.EmptyList));
            var kind = taken < 0 ? FaultKind.None : pending[taken].Kind;
            for (var i = pending.Count - 1; i >= 0; i--)
            {
                pending[i] = pending[i] switch
                {
                    var fault when i == taken => fault with { Count = fault.Count - 1 },
                    var fault => fault with { After = Math.Max(0, fault.After - 1) },
                };
            }

            pending.RemoveAll(static fault => fault.Count == 0);
            return kind;
        }
    }

    private readonly record struct Pending(FaultKind Kind, int Count, int After);
}
