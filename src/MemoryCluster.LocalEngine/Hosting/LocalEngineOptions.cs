using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace MemoryCluster.LocalEngine;

/// <summary>How the local engine is set up.</summary>
public sealed class LocalEngineOptions
{
    /// <summary>The assemblies that are searched for grain classes.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>Grain classes beside those of <see cref="GrainAssemblies"/>.</summary>
    public IList<Type> GrainClasses { get; } = [];

    /// <summary>The virtual silos. Default one without metadata.</summary>
    public IList<SiloOptions> Silos { get; } = [];

    /// <summary>How long a caller waits for an answer where the method does not say. Default 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests in progress or waiting at one activation, above which further ones are refused. Default 10,000, which is a second
    /// of work of 100 µs each.</summary>
    [Range(1, int.MaxValue)]
    public int EnqueuedRequestsMax { get; set; } = 10_000;

    /// <summary>How many calls deep a thread runs grains on behalf of their callers before it leaves them to the pool. Default 16.</summary>
    [Range(0, 256)]
    public int InlineDepthMax { get; set; } = 16;

    /// <summary>How long an activation may be idle before it is ended. Default 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for; also the precision of their age. Default 1 minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a grain has to say goodbye. Default 30 seconds.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest period of a reminder. Default 1 minute.</summary>
    public TimeSpan ReminderPeriodMin { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The seed of what the engine chooses at random, such as placement. Default taken from the clock.</summary>
    public int? Seed { get; set; }
}
