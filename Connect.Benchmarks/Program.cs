using Connect.Benchmarks.Nodes;

return args switch
{
    ["cache-node", var kind, var database, var redis] => await CacheNode.RunAsync(kind, database, redis),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Connect.Benchmarks cache-node <stock|generational> <postgres connection string> <redis configuration>");
    return 2;
}
