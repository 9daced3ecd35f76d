using System.Diagnostics;
using Connect.AppHost.Servers;

namespace Connect.Testing.Processes;

/// <summary>
/// Ends this process's children if it is killed. A small shell process reads their ids from a pipe; if the pipe ends
/// without "bye", it kills them. Windows has job objects for this.
/// </summary>
internal sealed class ProcessGuard : IDisposable
{
    // Lines: "add <pid> <signal's number>", "del <pid>", "bye".
    private const string Script = """
        trap '' INT TERM HUP QUIT
        processes=''
        while read -r verb subject signal; do
          case $verb in
            add) processes="$processes $subject:$signal" ;;
            del) kept=''
                 for entry in $processes; do [ "${entry%:*}" = "$subject" ] || kept="$kept $entry"; done
                 processes=$kept ;;
            bye) exit 0 ;;
          esac
        done
        running() {
          for entry in $processes; do kill -0 "${entry%:*}" 2>/dev/null && return 0; done
          return 1
        }
        for entry in $processes; do kill "-${entry#*:}" "${entry%:*}" 2>/dev/null; done
        round=0
        while [ $round -lt 50 ] && running; do sleep 0.1; round=$((round + 1)); done
        for entry in $processes; do
          kill -s KILL -- "-${entry%:*}" 2>/dev/null || kill -s KILL "${entry%:*}" 2>/dev/null
        done
        """;

    private readonly Lock _lock = new();
    private readonly Process? _shell;

    public ProcessGuard()
    {
        if (OperatingSystem.IsWindows())
        {
            WindowsJob.Enter();
            return;
        }

        // A session of its own: Ctrl+C and the end of the terminal are this process's to handle.
        var setSid = SystemPrograms.Find("setsid");
        var start = new ProcessStartInfo(setSid ?? "/bin/sh") { RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in setSid is null ? ["-c", Script] : (IEnumerable<string>)["/bin/sh", "-c", Script])
        {
            start.ArgumentList.Add(argument);
        }

        _shell = Process.Start(start);
    }

    public void Add(int processId, UnixSignal signal) => Tell($"add {processId} {(int)signal}");

    public void Remove(int processId) => Tell($"del {processId}");

    public void Dispose()
    {
        Tell("bye");
        lock (_lock)
        {
            _shell?.StandardInput.Close();
            _shell?.WaitForExit(TimeSpan.FromSeconds(1));
            _shell?.Dispose();
        }
    }

    private void Tell(string line)
    {
        try
        {
            lock (_lock)
            {
                _shell?.StandardInput.Write(line + "\n");
                _shell?.StandardInput.Flush();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The guard was killed; an orderly shutdown does not need it.
        }
    }
}
