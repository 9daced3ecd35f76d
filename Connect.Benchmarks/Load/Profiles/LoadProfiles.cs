namespace Connect.Benchmarks.Load.Profiles;

/// <summary>
/// The profiles of the earlier platform's load tests, whose requests were not signed in and got 401: the same users and
/// pauses, signed in, on the routes of members. Profiles of more than ten minutes are shortened.
/// </summary>
internal static class LoadProfiles
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private const double LeastMinutes = 0.1;

    // What the platform that came before reached on its health route.
    private const double HealthRouteOfBefore = 29.8;

    private static readonly ThinkTime Reading = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
    private static readonly ThinkTime Second = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    private static readonly ImmutableArray<Persona> Visitors =
    [
        new("visitor", 1, [(LoadAction.Matches, 40), (LoadAction.Generate, 20), (LoadAction.Programs, 15), (LoadAction.Program, 15), (LoadAction.Stored, 10)]),
    ];

    /// <summary>All of them, the default first.</summary>
    public static readonly ImmutableArray<LoadProfile> All =
    [
        // Stays at 500 users for two minutes; the earlier platform's test turned at once.
        new("stress", Reading, [Minutes(100, 1), Minutes(300, 1.5), Minutes(500, 1.5), Minutes(500, 2), Minutes(200, 1), Minutes(0, 1)], Visitors)
        {
            TargetMilliseconds = HealthRouteOfBefore,
        },
        new("smoke", Second, [Minutes(10, 0), Minutes(10, 0.5)], Visitors),
        new(
            "browse", Reading, [Minutes(50, 1), Minutes(50, 3), Minutes(100, 1), Minutes(100, 3), Minutes(0, 1)],
            [new("reader", 1, [(LoadAction.Matches, 30), (LoadAction.Programs, 30), (LoadAction.Program, 30), (LoadAction.Stored, 10)])]),
        new(
            "explanations", Reading, [Minutes(10, 1), Minutes(50, 3), Minutes(100, 3), Minutes(150, 3), Minutes(50, 3)],
            [new("researcher", 1, [(LoadAction.Explanation, 70), (LoadAction.Matches, 15), (LoadAction.Generate, 15)])]),

        // Of all requests 60 % read, 30 % ask for an explanation, 10 % write.
        new(
            "mixed", Reading, [Minutes(50, 3), Minutes(50, 5), Minutes(100, 3), Minutes(100, 5), Minutes(150, 3), Minutes(150, 5), Minutes(0, 3)],
            [
                new("browser", 40, [(LoadAction.Programs, 40), (LoadAction.Program, 40), (LoadAction.Matches, 20)]),
                new("returning checker", 20, [(LoadAction.Matches, 60), (LoadAction.Stored, 20), (LoadAction.Explanation, 15), (LoadAction.Mark, 5)]),
                new("researcher", 28, [(LoadAction.Explanation, 90), (LoadAction.Generate, 10)]),
                new("editor", 12, [(LoadAction.Mark, 50), (LoadAction.Profile, 25), (LoadAction.Explanation, 15), (LoadAction.Matches, 10)]),
            ]),
    ];

    /// <summary>The profile that is asked for, in the time that it is to take.</summary>
    /// <exception cref="UsageException">There is none of that name, or the time is out of range.</exception>
    public static LoadProfile Parse(Arguments arguments)
    {
        var minutes = arguments.Number("--minutes", LeastMinutes, Longest.TotalMinutes);
        var name = arguments.Next() ?? All[0].Name;
        arguments.End();
        var profile = All.FirstOrDefault(profile => profile.Name == name) ?? throw new UsageException($"There is no profile '{name}'.");
        return minutes is { } length ? profile.Lasting(TimeSpan.FromMinutes(length))
            : profile.Length > Longest ? profile.Lasting(Longest)
            : profile;
    }

    private static Stage Minutes(int users, double minutes) => new(users, TimeSpan.FromMinutes(minutes));
}
