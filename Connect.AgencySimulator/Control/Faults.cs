using Connect.AgencySimulator.Announcements;

namespace Connect.AgencySimulator.Control;

/// <summary>What can go wrong with a board; in the control requests with a small first letter.</summary>
internal enum FaultKind
{
    None,
    Status500,
    Timeout,
    Slow,
    Truncated,
    EmptyList,
    ChangedLayout,
    RedirectOffsite,
}

/// <summary>The faults that still have to happen, per board, in the order in which they were asked for.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Board, List<(FaultKind Kind, int Count)>> _pending = [];

    /// <summary>Lets the next <paramref name="count"/> requests to a board fail; 0 takes back what is pending of this kind.</summary>
    public void Add(Board board, FaultKind kind, int count)
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
                pending.Add((kind, count));
            }
        }
    }

    /// <summary>The fault for this request, which uses it up.</summary>
    public FaultKind Take(Board board, bool isList)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(board, out var pending))
            {
                return FaultKind.None;
            }

            var index = pending.FindIndex(fault => isList || fault.Kind != FaultKind.EmptyList);
            if (index < 0)
            {
                return FaultKind.None;
            }

            var (kind, count) = pending[index];
            if (count > 1)
            {
                pending[index] = (kind, count - 1);
            }
            else
            {
                pending.RemoveAt(index);
            }

            return kind;
        }
    }
}
