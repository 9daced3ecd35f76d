using Connect.Benchmarks.Freshness.Variants;

namespace Connect.Benchmarks.Freshness.Instances;

/// <summary>The process of an instance, as the driver starts, asks and ends it.</summary>
internal sealed class InstanceProcess(
    CheckedServers servers, string role, int index, FreshnessVariant variant, IReadOnlyDictionary<string, string?> environment)
    : ServerProcess(servers.Processes, $"{role}-{index}", typeof(FreshnessInstance), environment)
{
    public int Index => index;

    /// <summary>Whether requests may be sent: it was started and not ended.</summary>
    public bool IsUp { get; set; }

    /// <summary>Whether a fault has paused it: requests to it wait.</summary>
    public bool IsStopped { get; set; }

    public async Task StartAsync(TimeSpan clockShift, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken, FreshnessInstance.Verb, role, variant.Name, $"{(int)clockShift.TotalSeconds}");
        IsUp = true;
    }

    public override Task StopAsync()
    {
        IsUp = false;
        return base.StopAsync();
    }

    public override Task KillAsync()
    {
        IsUp = false;
        return base.KillAsync();
    }

    /// <summary>The generations that it has learned since the last call.</summary>
    public async Task<IReadOnlyList<Learned>> DrainLearnedAsync(CancellationToken cancellationToken)
    {
        var text = await Http.GetStringAsync("/freshness/learned", cancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Learned.Parse)];
    }
}
