namespace Connect.Benchmarks.Http;

/// <summary>The figures of a run, and whether they meet the targets.</summary>
internal sealed class HttpReport
{
    // The number of connections that has targets.
    private const int Asked = 32;

    private const double OfConstant = 0.96;
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
            var name = $"{shape}_{connections}";
            Figure.Print($"{name}_per_second", rounds, round => round.Load.PerSecond);
            Figure.Print($"{name}_p50_us", rounds, round => round.Load.P50);
            Figure.Print($"{name}_p95_us", rounds, round => round.Load.P95);
            Figure.Print($"{name}_p99_us", rounds, round => round.Load.P99);
            Figure.Print($"{name}_cpu_us", rounds, round => round.ProcessorMicroseconds);
            Figure.Print($"{name}_bytes", rounds, round => round.Bytes);
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
            if (!_rounds.TryGetValue((shape, connections), out var rounds) || !_rounds.TryGetValue((other, connections), out var others))
            {
                return true;
            }

            var value = Distribution.Median(rounds.Zip(others, compare));
            Figure.Print($"{name}_{connections}", value);
            return isEnough?.Invoke(value) != false;
        }

        static double Throughput(Round one, Round other) => one.Load.PerSecond / other.Load.PerSecond;
        static double Processor(Round one, Round other) => one.ProcessorMicroseconds / other.ProcessorMicroseconds;

        bool AtLeast(string name, string shape, string other, double least) =>
            Print(name, shape, other, Throughput, value => value >= least);
        bool Bytes(string name, string shape) => Print(
            name, shape, Shape.Constant, static (one, other) => one.Bytes - other.Bytes, static value => value <= BytesBeyondConstant);

        var isMet = AtLeast("matches_post_to_constant", Shape.MatchesPost, Shape.Constant, OfConstant);
        isMet &= AtLeast("matches_get_to_constant", Shape.MatchesGet, Shape.Constant, OfConstant);
        isMet &= AtLeast("matches_key_to_constant_key", Shape.MatchesKey, Shape.ConstantKey, OfConstant);
        isMet &= AtLeast("matches_to_first_platform", Shape.MatchesPost, Shape.FirstPlatform, OfFirstPlatform);
        isMet &= AtLeast("matches_to_fusion", Shape.MatchesPost, Shape.Fusion, OfFusion);
        isMet &= AtLeast("matches_to_stock", Shape.MatchesPost, Shape.Stock, OfStock);
        isMet &= Print(
            "p99_to_constant", Shape.MatchesPost, Shape.Constant, static (one, other) => one.Load.P99 / other.Load.P99,
            static value => value <= TailOfConstant);
        isMet &= Bytes("bytes_beyond_constant", Shape.MatchesPost);
        isMet &= Bytes("get_bytes_beyond_constant", Shape.MatchesGet);
        Print("matches_to_first_platform_answer", Shape.MatchesPost, Shape.FirstPlatformAnswer, Throughput);
        Print("not_modified_to_constant", Shape.NotModified, Shape.Constant, Throughput);
        Print("constant_key_to_constant", Shape.ConstantKey, Shape.Constant, Throughput);
        Print("cpu_to_constant", Shape.MatchesPost, Shape.Constant, Processor);
        Print("cpu_to_fusion", Shape.MatchesPost, Shape.Fusion, Processor);
        Print("cpu_to_stock", Shape.MatchesPost, Shape.Stock, Processor);
        return isMet;
    }
}
