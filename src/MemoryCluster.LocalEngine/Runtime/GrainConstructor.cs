using System.Reflection;
using MemoryCluster.LocalEngine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>Fills the constructor of a grain class: services, the activation itself, and persistent states.</summary>
internal sealed class GrainConstructor
{
    private static readonly MethodInfo StateOf = typeof(GrainConstructor).GetMethod(nameof(CreateState), BindingFlags.Static | BindingFlags.NonPublic)!;
    private readonly ConstructorInvoker _invoker;
    private readonly Func<Activation, object?>[] _arguments;

    public GrainConstructor(Type type)
    {
        var constructors = type.GetConstructors();
        var constructor = constructors.Length == 1
            ? constructors[0]
            : constructors.SingleOrDefault(candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new OrleansConfigurationException($"Grain class {type} needs exactly one public constructor; it has {constructors.Length}.");
        _invoker = ConstructorInvoker.Create(constructor);
        _arguments = Array.ConvertAll(constructor.GetParameters(), ArgumentOf);
    }

    public object Construct(Activation activation) =>
        _invoker.Invoke(Array.ConvertAll(_arguments, argument => argument(activation)).AsSpan());

    private static Func<Activation, object?> ArgumentOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(IGrainContext))
        {
            return static activation => activation;
        }

        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            var create = StateOf.MakeGenericMethod(type.GetGenericArguments()[0]).CreateDelegate<Func<PersistentStateAttribute, Activation, IActivationState>>();
            return activation => create(state, activation);
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        }

        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(type);
    }

    private static PersistentState<TState> CreateState<TState>(PersistentStateAttribute attribute, Activation activation)
    {
        var state = new PersistentState<TState>(attribute, activation);
        activation.Add(state);
        return state;
    }
}
