using Connect.Data.Audit;
using Connect.Data.Diagnostics;

namespace Connect.Api.Audit;

/// <summary>Registers the audit trail.</summary>
internal static class AuditRegistration
{
    public static void AddAudit(this IServiceCollection services) => services.AddInstruments<AuditMetrics>();

    /// <summary>To be added before error handling, which decides an answer's status last.</summary>
    public static void UseAuditOutcomes(this WebApplication app) => app.UseMiddleware<AuditOutcomeMiddleware>();

    /// <summary>To be added after authorization.</summary>
    public static void UseAudit(this WebApplication app) => app.UseMiddleware<AuditMiddleware>();

    /// <inheritdoc cref="Data.Audit.AuditsAdministrators"/>
    public static TBuilder AuditsAdministrators<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AuditsAdministrators());
}
