using Connect.Data.Diagnostics;

namespace Connect.Api.Audit;

/// <summary>Registers the audit trail.</summary>
internal static class AuditRegistration
{
    public static void AddAudit(this IServiceCollection services) => services.AddInstruments<AuditMetrics>();

    /// <summary>Before error handling: it has the last word on an answer's status.</summary>
    public static void UseAuditOutcomes(this WebApplication app) => app.UseMiddleware<AuditOutcomeMiddleware>();

    /// <summary>After authorization.</summary>
    public static void UseAudit(this WebApplication app) => app.UseMiddleware<AuditMiddleware>();
}
