using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Connect.Tests.Functional.Boards;

/// <summary>The requests to the boards, in order, with the host of each.</summary>
internal sealed class RequestLog : IStartupFilter
{
    private readonly ConcurrentQueue<(string Board, string Host)> _requests = new();

    /// <summary>Requests to boards so far.</summary>
    public int Count => _requests.Count;

    /// <summary>Stretches of requests by one worker, by board; 1 for a board that only one worker has asked.</summary>
    public IReadOnlyDictionary<string, int> CountTurns() =>
        _requests.GroupBy(request => request.Board, request => request.Host)
            .ToDictionary(board => board.Key.ToUpperInvariant(), board => Turns([.. board]), StringComparer.Ordinal);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((HttpContext context, RequestDelegate following) =>
        {
            var path = context.Request.Path.Value!;
            if (!path.StartsWith("/_", StringComparison.Ordinal) && path.IndexOf('/', 1) is var end and > 0)
            {
                _requests.Enqueue((path[1..end], context.Request.Host.Host));
            }

            return following(context);
        });
        next(app);
    };

    private static int Turns(string[] hosts) => 1 + hosts.Zip(hosts.Skip(1)).Count(pair => pair.First != pair.Second);
}
