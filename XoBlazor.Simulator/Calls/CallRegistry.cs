using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Calls;

/// <summary>
/// What the calls of the XenAPI do. A call that is not registered here is answered straight from the datamodel when it is a getter, a
/// setter or one of their kin, else with NOT_IMPLEMENTED.
/// <para>
/// The seam for behaviour: <c>calls.Register("VM.pause", c => …)</c>. The call's name is the wire's, without <c>Async.</c>: session,
/// parameter count, types and handles have been checked, and the task, if any, is made and finished around it. Throw
/// <see cref="XapiException"/> for a failure. Read and write through <see cref="CallContext.Db"/>; let time pass only with
/// <see cref="CallContext.WorkAsync"/>, never while inside <see cref="Database.Update(Action)"/>.
/// </para>
/// </summary>
internal sealed class CallRegistry
{
    private readonly Dictionary<string, Func<CallContext, Task<XapiValue>>> _calls = [];

    public Func<CallContext, Task<XapiValue>>? Find(string name) => _calls.GetValueOrDefault(name);

    /// <summary>A call that takes no time and returns something.</summary>
    public void Register(string name, Func<CallContext, XapiValue> implementation) =>
        _calls[name] = call => Task.FromResult(implementation(call));

    /// <summary>A call that takes no time and returns nothing.</summary>
    public void Register(string name, Action<CallContext> implementation) =>
        _calls[name] = call =>
        {
            implementation(call);
            return Task.FromResult<XapiValue>(XapiValue.EmptyText);
        };

    /// <summary>A call that takes time and returns something.</summary>
    public void RegisterAsync(string name, Func<CallContext, Task<XapiValue>> implementation) => _calls[name] = implementation;

    /// <summary>A call that takes time and returns nothing.</summary>
    public void RegisterAsync(string name, Func<CallContext, Task> implementation) =>
        _calls[name] = async call =>
        {
            await implementation(call);
            return XapiValue.EmptyText;
        };
}
