using System.Globalization;

namespace Connect.Client;

/// <summary>An end of a range: a whole day in Seoul (<see cref="DateOnly"/>), or a moment (<see cref="DateTimeOffset"/>).</summary>
public readonly record struct DayOrMoment
{
    private readonly string? _text;

    private DayOrMoment(string text) => _text = text;

    /// <summary>A whole day in Seoul.</summary>
    public static implicit operator DayOrMoment(DateOnly day) => FromDateOnly(day);

    /// <summary>A moment.</summary>
    public static implicit operator DayOrMoment(DateTimeOffset moment) => FromDateTimeOffset(moment);

    /// <summary>A whole day in Seoul.</summary>
    public static DayOrMoment FromDateOnly(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A moment.</summary>
    public static DayOrMoment FromDateTimeOffset(DateTimeOffset moment) => new(moment.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>ISO 8601, as the API reads it: <c>2026-12-31</c>, or <c>2026-12-31T18:00:00.0000000+09:00</c>.</summary>
    public override string ToString() => _text ?? "";
}
