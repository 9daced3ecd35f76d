using System.Net.Http.Json;

namespace Connect.AppHost.Commands;

/// <summary>Changes of agencies' boards as commands of the simulator's resource.</summary>
internal static class SimulatorCommands
{
    private static readonly string[] Faults =
    [
        "status404", "status429", "status500", "timeout", "slow", "truncated", "oversized", "garbage", "emptyList", "changedLayout", "redirectOffsite",
    ];

    /// <summary>Adds commands that move and break the boards.</summary>
    public static IResourceBuilder<ProjectResource> WithBoardCommands(this IResourceBuilder<ProjectResource> simulator) => simulator
        .WithHttpCommand("/_simulator/advance", "Let time pass", commandName: "advance", commandOptions: new HttpCommandOptions
        {
            Description = "Has the agencies publish, change and close announcements. Answers how many it became.",
            IconName = "FastForward",
            Arguments =
            [
                CommandInputs.Number("new", "New", "Announcements that are published.", 60),
                CommandInputs.Number("changed", "Changed", "Announcements that are changed.", 10),
                CommandInputs.Number("closed", "Closed", "Announcements that are closed.", 10),
            ],
            PrepareRequest = static context =>
            {
                context.Request.Content = JsonContent.Create(new
                {
                    @new = context.Arguments.Int32("new"),
                    changed = context.Arguments.Int32("changed"),
                    closed = context.Arguments.Int32("closed"),
                });
                return Task.CompletedTask;
            },
            GetCommandResult = ReadResultAsync,
        })
        .WithHttpCommand("/_simulator/faults", "Break a board", commandName: "break", commandOptions: new HttpCommandOptions
        {
            Description = "Has a board answer its next requests wrongly.",
            IconName = "PlugDisconnected",
            Arguments =
            [
                CommandInputs.Choice("board", "Board", "The board that breaks.", CommandInputs.Boards, required: true),
                CommandInputs.Choice("kind", "Kind", "What is wrong with the answers.", Faults, required: true),
                CommandInputs.Number("count", "Count", "How many requests are answered so.", 1),
            ],
            PrepareRequest = static context =>
            {
                context.Request.Content = JsonContent.Create(new
                {
                    board = context.Arguments.GetString("board"),
                    kind = context.Arguments.GetString("kind"),
                    count = context.Arguments.Int32("count"),
                });
                return Task.CompletedTask;
            },
            GetCommandResult = ReadResultAsync,
        })
        .WithHttpCommand("/_simulator/faults", "Mend the boards", commandName: "mend", commandOptions: new HttpCommandOptions
        {
            Method = HttpMethod.Delete,
            Description = "Takes back the faults that have not happened yet.",
            IconName = "Wrench",
            GetCommandResult = ReadResultAsync,
        });

    private static Task<ExecuteCommandResult> ReadResultAsync(HttpCommandResultContext context) => CommandResponses.ReadAsync("The simulator", context);
}
