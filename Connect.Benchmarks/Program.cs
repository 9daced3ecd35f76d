Console.WriteLine("usage: Connect.Benchmarks <verb>");
