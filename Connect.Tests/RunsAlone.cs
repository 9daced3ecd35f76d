namespace Connect.Tests;

/// <summary>
/// Tests that run alone: they assert times in milliseconds, change data that other tests read, or take resources that
/// others need.
/// </summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
