using System.Globalization;
using Connect.Benchmarks.Serving;

namespace Connect.Benchmarks.Http;

/// <summary>The figures of a run, and whether they meet the targets.</summary>
internal sealed class HttpReport
{
    // The number of connections that has targets.
    private const int Asked = 32;

    private const double OfConstant = 0.90;
    private const double OfFirstPlatform = 5;
    private const double OfFusion = 1.0;
    private const double OfStock = 0.95;
    private const double TailOfConstant = 1.5;
    private const double BytesBeyondConstant = 1024;

    private readonly Dictionary<(string Shape, int Connections), List<Round>> _rounds = [];

    public void Add(string shape, int connections, Round round)
    {
        if (!_rounds.TryGetValue((shape, connections), out var rounds))
        {
            _rounds[(shape, connections)] = rounds = [];
        }

        rounds.Add(round);
    }

    /// <summary>Prints all figures; returns whether all measured targets are met.</summary>
    public bool Print()
    {
        foreach (var ((shape, connections), rounds) in _rounds)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{shape}_{connections}");
            Figure.Print($"{name}_per_second", Distribution.Median(rounds.Select(round => round.Load.PerSecond)));
            Figure.Print($"{name}_p50_us", Distribution.Median(rounds.Select(round => round.Load.P50)));
            Figure.Print($"{name}_p95_us", Distribution.Median(rounds.Select(round => round.Load.P95)));
            Figure.Print($"{name}_p99_us", Distribution.Median(rounds.Select(round => round.Load.P99)));
            Figure.Print($"{name}_cpu_us", Distribution.Median(rounds.Select(round => round.ProcessorMicroseconds)));
            Figure.Print($"{name}_bytes", Distribution.Median(rounds.Select(round => round.Bytes)));
        }

        var isMet = true;
        foreach (var connections in _rounds.Keys.Select(key => key.Connections).Distinct())
        {
            isMet &= PrintRatios(connections) || connections != Asked;
        }

        return isMet;
    }

    private bool PrintRatios(int connections)
    {
        // A shape that was not measured has no ratio and misses no target.
        bool Print(string name, string shape, string other, Func<Round, Round, double> compare, Func<double, bool>? isEnough = null)
        {
            if (!_rounds.ContainsKey((shape, connections)) || !_rounds.ContainsKey((other, connections)))
            {
                return true;
            }

            var value = Distribution.Median(Pairs(connections, shape, other).Select(pair => compare(pair.First, pair.Second)));
            Figure.Print(string.Create(CultureInfo.InvariantCulture, $"{name}_{connections}"), value);
            return isEnough?.Invoke(value) != false;
        }

        static double Throughput(Round one, Round other) => one.Load.PerSecond / other.Load.PerSecond;
        static double Processor(Round one, Round other) => one.ProcessorMicroseconds / other.ProcessorMicroseconds;
        static double Bytes(Round one, Round other) => one.Bytes - other.Bytes;

        var isMet = Print("matches_post_to_constant", Shape.MatchesPost, Shape.Constant, Throughput, static value => value >= OfConstant);
        isMet &= Print("matches_get_to_constant", Shape.MatchesGet, Shape.Constant, Throughput, static value => value >= OfConstant);
        isMet &= Print("matches_to_first_platform", Shape.MatchesPost, Shape.FirstPlatform, Throughput, static value => value >= OfFirstPlatform);
        isMet &= Print("matches_to_fusion", Shape.MatchesPost, Shape.Fusion, Throughput, static value => value >= OfFusion);
        isMet &= Print("matches_to_stock", Shape.MatchesPost, Shape.Stock, Throughput, static value => value >= OfStock);
        isMet &= Print(
            "p99_to_constant", Shape.MatchesPost, Shape.Constant, static (one, other) => one.Load.P99 / other.Load.P99,
            static value => value <= TailOfConstant);
        isMet &= Print("bytes_beyond_constant", Shape.MatchesPost, Shape.Constant, Bytes, static value => value <= BytesBeyondConstant);
        isMet &= Print("get_bytes_beyond_constant", Shape.MatchesGet, Shape.Constant, Bytes, static value => value <= BytesBeyondConstant);
        Print("matches_to_first_platform_answer", Shape.MatchesPost, Shape.FirstPlatformAnswer, Throughput);
        Print("not_modified_to_constant", Shape.NotModified, Shape.Constant, Throughput);
        Print("cpu_to_constant", Shape.MatchesPost, Shape.Constant, Processor);
        Print("cpu_to_fusion", Shape.MatchesPost, Shape.Fusion, Processor);
        Print("cpu_to_stock", Shape.MatchesPost, Shape.Stock, Processor);
        return isMet;
    }

    private IEnumerable<(Round First, Round Second)> Pairs(int connections, string shape, string other) =>
        _rounds[(shape, connections)].Zip(_rounds[(other, connections)]);
}
