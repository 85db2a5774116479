namespace Orleans.Runtime;

/// <summary>The cluster takes no more calls at the moment; nothing was done.</summary>
public sealed class GatewayTooBusyException : OrleansException
{
    public GatewayTooBusyException()
        : base("Gateway too busy")
    {
    }

    public GatewayTooBusyException(string message)
        : base(message)
    {
    }

    public GatewayTooBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
