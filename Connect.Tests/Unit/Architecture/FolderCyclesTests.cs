using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using Connect.Api;
using Connect.Caching;
using Connect.Client;
using Connect.Data;
using Connect.Domain.Matching;
using Connect.Operations;
using Connect.ScraperWorker;
using Connect.ServiceDefaults;

namespace Connect.Tests.Unit.Architecture;

/// <summary>Folders of one project, which are its namespaces, depend on each other in one direction only.</summary>
public sealed class FolderCyclesTests
{
    public static TheoryData<System.Type> OneTypeOfEachProject =>
    [
        typeof(GenerationalCacheBuilder), typeof(ConnectClient), typeof(MatchEngine), typeof(DataRegistration), typeof(ApiMarker), typeof(ScraperWorkerMarker),
        typeof(ServiceDefaultsRegistration), typeof(OperationsRegistration), typeof(global::Connect.AppHost.Servers.EnvironmentProblemException), typeof(AgencySimulator.AgencySimulatorMarker),
    ];

    [Theory]
    [MemberData(nameof(OneTypeOfEachProject))]
    public void Folders_of_a_project_have_no_cycles(System.Type type)
    {
        var architecture = new ArchLoader().LoadAssembly(type.Assembly).Build();

        var cycles = CyclesOf(architecture, type.Assembly.GetName().Name!);

        Assert.True(cycles.Count == 0, string.Join('\n', cycles));
    }

    [Fact]
    public void Planted_cycle_is_found()
    {
        var root = typeof(FolderCyclesTests).Namespace + ".Planted";
        var architecture = new ArchLoader()
            .LoadNamespacesWithinAssembly(typeof(FolderCyclesTests).Assembly, $"{root}.One", $"{root}.Two").Build();

        Assert.NotEmpty(CyclesOf(architecture, root));
    }

    private static List<string> CyclesOf(ArchUnitNET.Domain.Architecture architecture, string root) =>
    [
        .. SliceRuleDefinition.Slices().Matching($"{root}.(*)").Should().BeFreeOfCycles().Evaluate(architecture)
            .Where(result => !result.Passed).Select(result => result.Description),
    ];
}
