using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Data.Organizations;

/// <summary>
/// Deleted organizations and invitations. API and worker have the same settings: the API restores and invites, the worker removes.
/// </summary>
public sealed class OrganizationOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Organizations";

    /// <summary>How long a deleted organization can be restored; then its row is removed. 0 to 365 d; default 30 d.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan RestoreWithin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an invitation can be accepted. 1 h to 90 d; default 7 d.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);
}

[OptionsValidator]
internal sealed partial class OrganizationOptionsValidator : IValidateOptions<OrganizationOptions>;
