using System.Security.Cryptography;
using System.Text;
using Connect.Domain.Programs;

namespace Connect.Domain.Series;

/// <summary>
/// The key that the rounds of one program share over the years: a hash of its title without year, round and notice number, and of the
/// ministry behind it. Two programs with the same key are rounds of one series; different keys say nothing.
/// </summary>
public static class SeriesKey
{
    /// <summary>The version of the rules. Keys of other versions are computed again.</summary>
    public const string Version = "1";

    /// <summary>The beginning of every key of these rules.</summary>
    public const string Prefix = Version + ":";

    /// <summary>The key of a program whose title could be anybody's (신규과제 공모): it has no series.</summary>
    public const string None = Prefix;

    // 128 bits: titles that collide by accident would join two series, which is too unlikely to matter.
    private const int HashBytes = 16;
    private const char Separator = '\u001f';

    /// <summary>The key of a stored or staged program.</summary>
    public static string Of(FundingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Of(program.Title, program.Ministry, program.Agency, program.AnnouncingAgency);
    }

    /// <summary>The key, at most 34 characters: the version, a colon and 32 hexadecimal digits; <see cref="None"/> where there is no series.</summary>
    /// <param name="title">As announced.</param>
    /// <param name="ministry">부처명; null where unknown.</param>
    /// <param name="agency">The agency on whose board the program stands.</param>
    /// <param name="announcingAgency">공고기관명; null where unknown.</param>
    public static string Of(string title, string? ministry, Agency agency, string? announcingAgency = null) =>
        IdentityOf(title, ministry, agency, announcingAgency) is { } identity
            ? Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, HashBytes))
            : None;

    /// <summary>Whether a stored key is of the present rules and names a series.</summary>
    public static bool IsSeries(string? key) => key is not null && key.Length > Prefix.Length && key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The text that is hashed; null where the title could be anybody's.</summary>
    internal static string? IdentityOf(string title, string? ministry, Agency agency, string? announcingAgency)
    {
        var (name, named) = SeriesTitle.Read(title, ministry, announcingAgency);
        return SeriesScope.Of(name, ministry ?? named, agency, announcingAgency) is { } scope ? string.Join(Separator, scope, name) : null;
    }
}
