using Connect.LocalAspire.Console;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.LocalAspire.Running;

/// <summary>What the runners of one application share.</summary>
internal sealed record EngineContext(
    EngineSettings Settings,
    ResourceStates States,
    ResourceLogs Logs,
    HealthCheckService HealthChecks,
    TimeProvider TimeProvider,
    ProcessGuard Guard,
    ThrowAwayFolder Temp);
