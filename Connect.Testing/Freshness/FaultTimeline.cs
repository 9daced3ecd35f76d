namespace Connect.Testing.Freshness;

/// <summary>
/// Which promise held at which moment. With everything in order an overruled answer may be given for a moment only. While
/// an instance may be unable to learn of changes, it may be as old as the lease. While Postgres is away, requests may fail.
/// </summary>
internal sealed class FaultTimeline
{
    private readonly Lock _gate = new();
    private readonly List<Window> _windows = [];

    /// <summary>
    /// Until the window is closed, another promise holds: an overruled answer may be given for so long (0 where the
    /// usual promise goes on), Postgres is away, or requests to an instance are lost.
    /// </summary>
    public Window Open(long now, long allowance = 0, bool isOutage = false, int? instance = null)
    {
        lock (_gate)
        {
            var window = new Window(this, now, allowance, isOutage, instance);
            _windows.Add(window);
            return window;
        }
    }

    /// <summary>How long before this moment an answer may have been overruled.</summary>
    public long AllowanceAt(long moment, long usual)
    {
        lock (_gate)
        {
            return _windows.Where(window => window.Covers(moment, moment)).Select(window => window.Allowance).Append(usual).Max();
        }
    }

    /// <summary>Notes in every window that is open at a moment how old an answer was.</summary>
    public void Observe(long moment, long overruledFor)
    {
        lock (_gate)
        {
            foreach (var window in _windows.Where(window => window.Covers(moment, moment)))
            {
                window.Worst = Math.Max(window.Worst, overruledFor);
            }
        }
    }

    /// <summary>Whether a request of this time could fail because Postgres was away.</summary>
    public bool IsOutage(long from, long to) => Any(window => window.IsOutage && window.Covers(from, to));

    /// <summary>Whether a request to an instance may have been lost because the instance was ended.</summary>
    public bool IsLost(int instance, long from, long to) => Any(window => window.Instance == instance && window.Covers(from, to));

    /// <summary>Whether any fault was made at this time.</summary>
    public bool IsDisturbed(long from, long to) => Any(window => window.Covers(from, to));

    private bool Any(Func<Window, bool> predicate)
    {
        lock (_gate)
        {
            return _windows.Exists(window => predicate(window));
        }
    }

    /// <summary>A time in which another promise holds.</summary>
    internal sealed class Window(FaultTimeline timeline, long from, long allowance, bool isOutage, int? instance)
    {
        private long _to = long.MaxValue;

        public long Allowance => allowance;

        public bool IsOutage => isOutage;

        public int? Instance => instance;

        /// <summary>The oldest answer in it, in ticks.</summary>
        public long Worst { get; set; }

        /// <summary>From this moment on the usual promise holds again.</summary>
        public void Close(long at)
        {
            lock (timeline._gate)
            {
                _to = at;
            }
        }

        internal bool Covers(long start, long end) => start <= _to && end >= from;
    }
}
