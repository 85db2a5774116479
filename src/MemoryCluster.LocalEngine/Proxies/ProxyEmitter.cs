using System.Reflection;
using System.Reflection.Emit;
using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>Emits the proxy class of one grain interface:
/// <code>
/// sealed class Proxy(GrainBinding binding, GrainId id) : GrainProxy(binding, id), IFoo
/// {
///     Task&lt;R&gt; IFoo.M(A a, CancellationToken token) => Send(new M_Invocation { Argument0 = a, Token = token });
/// }
/// </code></summary>
internal sealed class ProxyEmitter(ModuleBuilder module, Type @interface, int number)
{
    private const BindingFlags NonPublic = BindingFlags.Instance | BindingFlags.NonPublic;
    private static readonly Type[] ConstructorParameters = [typeof(GrainBinding), typeof(GrainId)];
    private static readonly MethodInfo SendVoid = typeof(GrainProxy).GetMethod("SendVoid", NonPublic)!;
    private static readonly MethodInfo Send = typeof(GrainProxy).GetMethod("Send", NonPublic)!;
    private static readonly FieldInfo Token = typeof(Invocation).GetField(nameof(Invocation.Token))!;

    public ProxyFactory Emit()
    {
        var proxy = module.DefineType(
            $"{@interface.Name}_Proxy{number}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainProxy), [@interface]);
        var constructor = EmitConstructor(proxy);
        foreach (var (index, method) in Methods().Index())
        {
            EmitMethod(proxy, method, index);
        }

        EmitFactory(proxy, constructor);
        return proxy.CreateType().GetMethod("Create")!.CreateDelegate<ProxyFactory>();
    }

    // A default interface method is not a call: it runs on the reference and calls what it calls.
    private IEnumerable<MethodInfo> Methods() =>
        @interface.GetInterfaces().Append(@interface)
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.IsAbstract);

    private static ConstructorBuilder EmitConstructor(TypeBuilder proxy)
    {
        var constructor = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, ConstructorParameters);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainProxy).GetConstructor(ConstructorParameters)!);
        il.Emit(OpCodes.Ret);
        return constructor;
    }

    private static void EmitFactory(TypeBuilder proxy, ConstructorBuilder constructor)
    {
        var factory = proxy.DefineMethod("Create", MethodAttributes.Public | MethodAttributes.Static, typeof(GrainProxy), ConstructorParameters);
        var il = factory.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    private void EmitMethod(TypeBuilder proxy, MethodInfo definition, int index)
    {
        var result = MethodResult.Of(definition);
        var invocation = new InvocationEmitter(module, definition, result, $"{@interface.Name}{number}_{definition.Name}{index}").Emit();
        var parameters = definition.GetParameters();
        var method = proxy.DefineMethod(
            $"{definition.DeclaringType!.FullName}.{definition.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            definition.ReturnType,
            Array.ConvertAll(parameters, parameter => parameter.ParameterType));
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, invocation.GetConstructor([])!);
        for (var position = 0; position < parameters.Length; position++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, (short)(position + 1));
            il.Emit(OpCodes.Stfld, IsToken(parameters, position) ? Token : invocation.GetField(InvocationEmitter.FieldName(position))!);
        }

        il.Emit(OpCodes.Call, result.HasValue ? Send.MakeGenericMethod(result.ValueType) : SendVoid);
        if (result.IsValueTask)
        {
            il.Emit(OpCodes.Newobj, definition.ReturnType.GetConstructor([result.TaskType])!);
        }

        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(method, definition);
    }

    public static bool IsToken(ParameterInfo[] parameters, int index) =>
        index == parameters.Length - 1 && parameters[index].ParameterType == typeof(CancellationToken);
}
