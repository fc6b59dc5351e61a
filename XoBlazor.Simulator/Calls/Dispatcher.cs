using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Calls;

/// <summary>
/// Takes a call from the wire to what implements it, with xapi's checks in xapi's order: legal text, known method, number of
/// parameters, session, removed calls, types; then makes the task around it.
/// </summary>
internal sealed class Dispatcher(PoolSimulator pool, CancellationToken stopping)
{
    private const string AsyncPrefix = "Async.";

    /// <param name="request">The call.</param>
    /// <param name="hostRef">The host it came to: pool members answer almost nothing themselves.</param>
    public async Task<RpcAnswer> CallAsync(RpcRequest request, string hostRef)
    {
        if (request.Parameters.Select(LegalText.FindIllegal).FirstOrDefault(v => v is not null) is { } illegal)
            return new(null, new("INVALID_VALUE", "Invalid UTF-8 string in parameter", Arguments.Describe(illegal)), IsEarly: true);
        try
        {
            return request.Method switch
            {
                "system.listMethods" => new(XapiValue.SetOf(pool.Schema.Calls.Select(c => c.FullName)), null, IsBare: true),
                _ when request.Method.StartsWith("system.isAlive:", StringComparison.Ordinal) => new(request.Parameters.FirstOrDefault() ?? "", null),
                _ => new(await DispatchAsync(request, hostRef), null),
            };
        }
        catch (XapiException failure)
        {
            return new(null, failure);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new(null, new("HOST_STILL_BOOTING"));
        }
        catch (Exception error)
        {
            return new(null, Unexpected(error));
        }
    }

    private async Task<XapiValue> DispatchAsync(RpcRequest request, string hostRef)
    {
        var isAsync = request.Method.StartsWith(AsyncPrefix, StringComparison.Ordinal);
        var method = isAsync ? request.Method[AsyncPrefix.Length..] : request.Method;
        var call = FindCall(method);
        var isMember = hostRef != pool.Db.Pool.Text("master");
        if (call is null)
        {
            if (request.Parameters.Count > 0)
                UseSession(request.Parameters[0], isMember, isAnsweredByMembers: false);
            throw new XapiException("MESSAGE_METHOD_UNKNOWN", method);
        }

        var given = request.Parameters.Count - (call.NeedsSession ? 1 : 0);
        if (given < call.MandatoryParameters || given > call.Parameters.Count)
            throw new XapiException("MESSAGE_PARAMETER_COUNT_MISMATCH", call.FullName, $"{call.MandatoryParameters}", $"{given}");
        if (isMember && !pool.Schema.Datamodel.CallsOnMember.Contains(call.FullName) && !call.NeedsSession)
            throw HostIsSlave();
        string? session = null;
        if (call.NeedsSession)
            session = UseSession(request.Parameters[0], isMember, pool.Schema.Datamodel.CallsOnMember.Contains(call.FullName));
        else if (isMember && call.FullName == "session.login_with_password")
            throw HostIsSlave();
        if (call.IsRemoved)
            throw new XapiException("MESSAGE_REMOVED");
        var arguments = ReadArguments(call, request.Parameters.Skip(call.NeedsSession ? 1 : 0));
        if (isAsync && !call.IsAsync)
            throw new XapiException("Fault", $"No async mode for this operation (rpc: {request.Method})");
        return await RunAsync(call, request.Method, session, arguments, hostRef, isAsync);
    }

    private CallFact? FindCall(string method) => pool.Schema.FindCall(method)
        ?? (method.IndexOf('_', StringComparison.Ordinal) is > 0 && !method.Contains('.', StringComparison.Ordinal)
            ? FindUnderscored(method) : null);

    /// <summary><c>VM_start</c> is another spelling of <c>VM.start</c>.</summary>
    private CallFact? FindUnderscored(string method)
    {
        for (var i = method.IndexOf('_', StringComparison.Ordinal); i > 0; i = method.IndexOf('_', i + 1))
            if (pool.Schema.FindCall($"{method[..i]}.{method[(i + 1)..]}") is { } call)
                return call;
        return null;
    }

    private string UseSession(XapiValue sent, bool isMember, bool isAnsweredByMembers)
    {
        var session = Arguments.Convert(sent, new(TypeKind.Ref, "session"), pool.Schema).AsText;
        if (isMember && !isAnsweredByMembers && !pool.Sessions.IsLocal(session))
            throw HostIsSlave();
        pool.Sessions.Use(session);
        return session;
    }

    private XapiException HostIsSlave() => new("HOST_IS_SLAVE", pool.Db.Coordinator.Text("address"));

    private Dictionary<string, XapiValue> ReadArguments(CallFact call, IEnumerable<XapiValue> sent)
    {
        var arguments = new Dictionary<string, XapiValue>();
        using var values = sent.GetEnumerator();
        foreach (var parameter in call.Parameters)
            arguments[parameter.Name] = values.MoveNext()
                ? Arguments.Convert(values.Current, parameter.Type, pool.Schema)
                : Defaults.Parse(parameter.Default!, parameter.Type);
        return arguments;
    }

    private async Task<XapiValue> RunAsync(
        CallFact call, string wireName, string? session, Dictionary<string, XapiValue> arguments, string hostRef, bool isAsync)
    {
        var taught = pool.Calls.Find(call.FullName) ?? FieldCalls.Find(pool.Schema, call)
            ?? throw new XapiException("NOT_IMPLEMENTED", call.FullName);
        var needsRow = isAsync || (call.IsAsync && !pool.Schema.Datamodel.ClassesWithoutTask.Contains(call.Class) && (call.Kind is CallKind.Custom or CallKind.Constructor or CallKind.Destructor));
        Task<XapiValue> Implementation(CallContext context) => pool.Faults.FailureOf(call.FullName, References(arguments)) is { } failure ? throw failure : taught(context);
        if (!needsRow)
        {
            var dummy = $"DummyRef:|{Database.NewUuid()}|{call.FullName}";
            return await Implementation(new(pool, call, session, arguments, dummy, hasTask: false, hostRef, stopping));
        }

        var task = Tasks.Create(pool, wireName, "", hostRef);
        var context = new CallContext(pool, call, session, arguments, task.Ref, hasTask: true, hostRef, stopping);
        if (isAsync)
        {
            _ = RunInBackgroundAsync(Implementation, context, task);
            return task.Ref;
        }

        try
        {
            return await Implementation(context);
        }
        finally
        {
            task.Destroy();
        }
    }

    private static IEnumerable<string> References(Dictionary<string, XapiValue> arguments) => arguments.Values.OfType<TextValue>().Select(value => value.Text);

    private static async Task RunInBackgroundAsync(Func<CallContext, Task<XapiValue>> implementation, CallContext context, DbObject task)
    {
        // The client gets its task before the work begins.
        await Task.Yield();
        try
        {
            task["allowed_operations"] = XapiValue.SetOf("cancel");
            var result = await implementation(context);
            Tasks.Succeed(context.Pool, task, context.Call.Result.Kind == TypeKind.Void ? "<value></value>" : Wire.XmlText.OfTaskResult(result));
        }
        catch (XapiException failure)
        {
            Tasks.Fail(context.Pool, task, failure);
        }
        catch (OperationCanceledException)
        {
            // The simulator stops: nobody looks at the task any more.
        }
        catch (Exception error)
        {
            Tasks.Fail(context.Pool, task, Unexpected(error));
        }
    }

    /// <summary>A fault of the simulator itself: told like any failure of a host, so that the client's own handling is seen.</summary>
    private static XapiException Unexpected(Exception error) => XapiException.Internal($"{error.GetType().Name}(\"{error.Message}\")");
}
