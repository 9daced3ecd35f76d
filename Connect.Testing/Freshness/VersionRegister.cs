namespace Connect.Testing.Freshness;

/// <summary>
/// The values of one thing in the order of its changes, which answers are compared with. One writer changes it, and begins a
/// change only when the outcome of the one before is known.
/// </summary>
internal sealed class VersionRegister
{
    private const long Unknown = long.MaxValue;

    private readonly Lock _gate = new();
    private readonly List<Change> _versions = [];

    public VersionRegister(int value) => _versions.Add(new(this, value, long.MinValue) { AcknowledgedAt = long.MinValue });

    /// <summary>The last acknowledged value.</summary>
    public int Current
    {
        get
        {
            lock (_gate)
            {
                return _versions.FindLast(version => version.AcknowledgedAt != Unknown)!.Value;
            }
        }
    }

    /// <summary>Registers a change that is being requested: from now on answers may show it.</summary>
    public Change Begin(int value, long now)
    {
        lock (_gate)
        {
            var change = new Change(this, value, now);
            _versions.Add(change);
            return change;
        }
    }

    /// <summary>
    /// For how long the value that a read returned had been overruled when the read began: 0 for a good one, null for
    /// one that was never true.
    /// </summary>
    public long? OverruledFor(int value, long startedAt, long endedAt)
    {
        lock (_gate)
        {
            long? overruledAt = null;
            for (var place = _versions.Count - 1; place >= 0; place--)
            {
                var version = _versions[place];
                if (version.Value == value && version.StartedAt <= endedAt)
                {
                    return overruledAt is { } at ? Math.Max(0, startedAt - at) : 0;
                }

                if (version.AcknowledgedAt != Unknown)
                {
                    overruledAt = version.AcknowledgedAt;
                }
            }

            return null;
        }
    }

    /// <summary>A change that was asked for.</summary>
    internal sealed class Change(VersionRegister register, int value, long startedAt)
    {
        internal int Value => value;

        internal long StartedAt => startedAt;

        internal long AcknowledgedAt { get; set; } = Unknown;

        /// <summary>The change is committed: requests from now on must not be answered with an earlier value.</summary>
        public void Acknowledge(long now)
        {
            lock (register._gate)
            {
                AcknowledgedAt = now;
            }
        }

        /// <summary>The change did not happen: no answer may ever have shown it.</summary>
        public void Withdraw()
        {
            lock (register._gate)
            {
                register._versions.Remove(this);
            }
        }
    }
}
