namespace Connect.Tests;

/// <summary>
/// Tests that nothing may run beside: they hold a bound in milliseconds, change what others read, or take what
/// others need.
/// </summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
