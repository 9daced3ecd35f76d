using System.Globalization;
using Connect.Domain.Programs;

namespace Connect.Operations.Look;

/// <summary>Formats numbers and times. An unknown value is a dash, never a zero.</summary>
internal static class Show
{
    public const string Missing = "–";

    private const double Kibi = 1024;

    private static readonly string[] Sizes = ["B", "KiB", "MiB", "GiB"];

    public static string Count(double? value) =>
        value is { } known ? Math.Round(known).ToString("N0", CultureInfo.CurrentCulture) : Missing;

    /// <summary>A share in percent. Only exactly 0 is 0.0% and only exactly 1 is 100.0%.</summary>
    public static string Percent(double? share) => share switch
    {
        null => Missing,
        > 0 and < 0.001 => "<0.1%",
        < 1 and > 0.999 => "99.9%",
        { } known => known.ToString("0.0%", CultureInfo.InvariantCulture),
    };

    public static string Duration(double? seconds) => seconds switch
    {
        null => Missing,
        < 0.000_001 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e9:0} ns"),
        < 0.001 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0.#} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.#} ms"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        { } known => $"{TimeSpan.FromSeconds(known):m\\:ss}",
    };

    public static string Bytes(long? bytes)
    {
        if (bytes is not { } known)
        {
            return Missing;
        }

        var (size, unit) = ((double)known, 0);
        for (; size >= Kibi && unit < Sizes.Length - 1; unit++)
        {
            size /= Kibi;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Sizes[unit]}");
    }

    /// <summary>A time of the day in Seoul.</summary>
    public static string Clock(DateTimeOffset at) => at.ToOffset(SeoulTime.Offset).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A minute in Seoul.</summary>
    public static string Minute(DateTimeOffset at) => at.ToOffset(SeoulTime.Offset).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A moment in Seoul: with its day, where that is not today.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now) =>
        SeoulTime.DateOf(at) == SeoulTime.DateOf(now)
            ? Clock(at)
            : at.ToOffset(SeoulTime.Offset).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day in Seoul.</summary>
    public static string Day(DateTimeOffset at) => at.ToOffset(SeoulTime.Offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The end of an id, where ids of one time differ.</summary>
    public static string Short(Guid id) => id.ToString("N")[^6..];

    /// <summary>ISO 8601, for <c>datetime</c> attributes.</summary>
    public static string Iso(DateTimeOffset at) => at.ToOffset(SeoulTime.Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
