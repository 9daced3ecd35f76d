namespace Connect.Testing.Processes;

/// <summary>How often tests by chance run: thoroughly in the suite, a few times under each of many mutants.</summary>
internal static class Rounds
{
    private const int Fewer = 20;

    /// <summary>Whether this is a run under mutation, which repeats the tests for every mutant.</summary>
    public static bool AreFew { get; } = Environment.GetEnvironmentVariable("MutationScope") is { Length: > 0 };

    /// <summary>The number of rounds for a test that runs <paramref name="thorough"/> times in the suite.</summary>
    public static int Of(int thorough) => AreFew ? Math.Max(1, thorough / Fewer) : thorough;
}
