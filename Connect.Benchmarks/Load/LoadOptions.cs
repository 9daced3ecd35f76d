using System.Globalization;
using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load;

/// <summary>The arguments of a run.</summary>
internal static class LoadOptions
{
    private const string Minutes = "--minutes";
    private const double LeastMinutes = 0.1;

    /// <summary>The profile, scaled to the requested duration; null for invalid arguments.</summary>
    public static LoadProfile? Parse(ReadOnlySpan<string> arguments)
    {
        var name = LoadProfiles.All[0].Name;
        if (arguments is [var first, ..] && first != Minutes)
        {
            name = first;
            arguments = arguments[1..];
        }

        if (LoadProfiles.All.FirstOrDefault(profile => profile.Name == name) is not { } profile)
        {
            return null;
        }

        return arguments switch
        {
            [] => profile.Length > LoadProfiles.Longest ? profile.Lasting(LoadProfiles.Longest) : profile,
            [Minutes, var text] when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes)
                && minutes >= LeastMinutes && minutes <= LoadProfiles.Longest.TotalMinutes => profile.Lasting(TimeSpan.FromMinutes(minutes)),
            _ => null,
        };
    }
}
