namespace Connect.Testing.Freshness;

/// <summary>
/// The values of one thing in the order of its changes, which answers are compared with. One writer changes it, and begins a
/// change only when the outcome of the one before is known.
/// </summary>
internal sealed class VersionRegister
{
    private const long Unknown = long.MaxValue;

    private readonly Lock _gate = new();
    private readonly List<Version> _versions = [];

    public VersionRegister(int value) => _versions.Add(new Version(value, startedAt: long.MinValue) { AcknowledgedAt = long.MinValue });

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
            var version = new Version(value, now);
            _versions.Add(version);
            return new Change(this, version);
        }
    }

    /// <summary>Judges the value that a read returned.</summary>
    /// <param name="value">The value.</param>
    /// <param name="startedAt">When the request was sent.</param>
    /// <param name="endedAt">When the answer was complete.</param>
    /// <returns>
    /// For how long the answer had been overruled when the read began: 0 for a good one, null for one that was never
    /// true.
    /// </returns>
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
    internal sealed class Change
    {
        private readonly VersionRegister _register;
        private readonly Version _version;

        internal Change(VersionRegister register, Version version) => (_register, _version) = (register, version);

        /// <summary>The change is committed: requests from now on must not be answered with an earlier value.</summary>
        public void Acknowledge(long now)
        {
            lock (_register._gate)
            {
                _version.AcknowledgedAt = now;
            }
        }

        /// <summary>The change did not happen: no answer may ever have shown it.</summary>
        public void Withdraw()
        {
            lock (_register._gate)
            {
                _register._versions.Remove(_version);
            }
        }
    }

    internal sealed class Version(int value, long startedAt)
    {
        public int Value { get; } = value;

        public long StartedAt { get; } = startedAt;

        public long AcknowledgedAt { get; set; } = Unknown;
    }
}
