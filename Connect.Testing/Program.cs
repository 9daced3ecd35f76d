using Connect.Testing.Instances;

if (args is not [CacheInstance.Verb, var kind, var database, var redis])
{
    Console.Error.WriteLine($"usage: Connect.Testing {CacheInstance.Usage}");
    return 2;
}

return await CacheInstance.RunAsync(kind, database, redis);
