namespace MemoryCluster.Replayers;

/// <summary>A name resolves to an address that may not be called. The address stays out of the message: it would map the operator's network.</summary>
internal sealed class AddressRefusedException() : Exception("The host stands at an address that may not be called.");
