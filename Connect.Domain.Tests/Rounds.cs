namespace Connect.Domain.Tests;

/// <summary>How often tests by chance run: thoroughly in the suite, a few times under each of many mutants.</summary>
internal static class Rounds
{
    private const int Fewer = 20;

    private static readonly bool IsMutated = Environment.GetEnvironmentVariable("MutationScope") is { Length: > 0 };

    /// <summary>The number of rounds for a test that runs <paramref name="thorough"/> times in the suite.</summary>
    public static int Of(int thorough) => IsMutated ? Math.Max(1, thorough / Fewer) : thorough;
}
