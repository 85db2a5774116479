namespace MemoryCluster;

/// <summary>A fault on its way to the caller. The message is the diagnosis: what was tried, the limit, the reading, what to do.</summary>
[GenerateSerializer, Alias("mc.MemoryClusterException")]
public sealed class MemoryClusterException : Exception
{
    /// <summary>A fault with its own code, or the fault's default one.</summary>
    public MemoryClusterException(MemoryFault fault, string message, Exception? cause = null, string? code = null, string? field = null)
        : base(message, cause)
    {
        Fault = fault;
        Code = code ?? fault.Code();
        Field = field;
    }

    /// <summary>What kind of fault it is: decides the HTTP status and whether a retry makes sense.</summary>
    [Id(0)]
    public MemoryFault Fault { get; private set; }

    /// <summary>The stable code, in snake case.</summary>
    [Id(1)]
    public string Code { get; private set; }

    /// <summary>The member of the request that is at fault, where there is one.</summary>
    [Id(2)]
    public string? Field { get; private set; }
}
