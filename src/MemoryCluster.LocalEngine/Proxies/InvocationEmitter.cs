using System.Reflection;
using System.Reflection.Emit;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>Emits the invocation class of one grain method:
/// <code>
/// sealed class M_Invocation : Invocation&lt;R&gt;
/// {
///     public static GrainMethod Definition;
///     public A Argument0;
///     override GrainMethod Method => Definition;
///     override Task Invoke(object grain) => ((IFoo)grain).M(Argument0, Token);
/// }
/// </code></summary>
internal sealed class InvocationEmitter(ModuleBuilder module, MethodInfo definition, MethodResult result, string name)
{
    private const MethodAttributes Override = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;
    private readonly ParameterInfo[] _parameters = definition.GetParameters();
    private readonly List<FieldBuilder> _arguments = [];

    public static string FieldName(int index) => $"Argument{index}";

    public Type Emit()
    {
        var parent = typeof(Invocation<>).MakeGenericType(result.ValueType);
        var type = module.DefineType($"{name}_Invocation", TypeAttributes.Public | TypeAttributes.Sealed, parent);
        var method = type.DefineField("Definition", typeof(GrainMethod), FieldAttributes.Public | FieldAttributes.Static);
        for (var index = 0; index < _parameters.Length; index++)
        {
            if (!ProxyEmitter.IsToken(_parameters, index))
            {
                _arguments.Add(type.DefineField(FieldName(index), _parameters[index].ParameterType, FieldAttributes.Public));
            }
        }

        type.DefineDefaultConstructor(MethodAttributes.Public);
        EmitMethodGetter(type, method);
        EmitInvoke(type);
        EmitArgumentCount(type);
        EmitGetArgument(type);
        EmitSetArgument(type);
        var created = type.CreateType();
        created.GetField("Definition")!.SetValue(null, new GrainMethod(definition));
        return created;
    }

    private static ILGenerator Define(TypeBuilder type, string name, Type returns, params Type[] parameters)
    {
        var overridden = typeof(Invocation).GetMethod(name, parameters)!;
        var method = type.DefineMethod(name, Override, returns, parameters);
        type.DefineMethodOverride(method, overridden);
        return method.GetILGenerator();
    }

    private static void EmitMethodGetter(TypeBuilder type, FieldBuilder method)
    {
        var il = Define(type, "get_Method", typeof(GrainMethod));
        il.Emit(OpCodes.Ldsfld, method);
        il.Emit(OpCodes.Ret);
    }

    private void EmitInvoke(TypeBuilder type)
    {
        var il = Define(type, nameof(Invocation.Invoke), typeof(Task), typeof(object));
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, definition.DeclaringType!);
        var next = 0;
        for (var index = 0; index < _parameters.Length; index++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, ProxyEmitter.IsToken(_parameters, index)
                ? typeof(Invocation).GetField(nameof(Invocation.Token))!
                : _arguments[next++]);
        }

        il.Emit(OpCodes.Callvirt, definition);
        if (result.IsValueTask)
        {
            var local = il.DeclareLocal(definition.ReturnType);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, definition.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitArgumentCount(TypeBuilder type)
    {
        var il = Define(type, nameof(Invocation.GetArgumentCount), typeof(int));
        il.Emit(OpCodes.Ldc_I4, _arguments.Count);
        il.Emit(OpCodes.Ret);
    }

    private void EmitGetArgument(TypeBuilder type)
    {
        var il = Define(type, nameof(Invocation.GetArgument), typeof(object), typeof(int));
        EmitSwitch(il, argument =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, argument);
            il.Emit(OpCodes.Box, argument.FieldType);
            il.Emit(OpCodes.Ret);
        });
    }

    private void EmitSetArgument(TypeBuilder type)
    {
        var il = Define(type, nameof(Invocation.SetArgument), typeof(void), typeof(int), typeof(object));
        EmitSwitch(il, argument =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Unbox_Any, argument.FieldType);
            il.Emit(OpCodes.Stfld, argument);
            il.Emit(OpCodes.Ret);
        });
    }

    private void EmitSwitch(ILGenerator il, Action<FieldBuilder> emitCase)
    {
        var labels = _arguments.ConvertAll(_ => il.DefineLabel());
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, labels.ToArray());
        il.Emit(OpCodes.Ldstr, "index");
        il.Emit(OpCodes.Newobj, typeof(ArgumentOutOfRangeException).GetConstructor([typeof(string)])!);
        il.Emit(OpCodes.Throw);
        for (var index = 0; index < labels.Count; index++)
        {
            il.MarkLabel(labels[index]);
            emitCase(_arguments[index]);
        }
    }
}
