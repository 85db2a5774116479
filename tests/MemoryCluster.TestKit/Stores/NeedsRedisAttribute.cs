namespace MemoryCluster.TestKit.Stores;

/// <summary>On a class that inherits a contract: its facts need redis-server, and are skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRedisAttribute : Attribute;
