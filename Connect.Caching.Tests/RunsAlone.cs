namespace Connect.Caching.Tests;

/// <summary>Tests that nothing may run beside, because they take the threads that others need, or hold a bound in milliseconds.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
