using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Events;

namespace XoBlazor.Simulator.Calls;

/// <summary>Sessions, events, tasks: what a client needs before it asks for anything of the pool itself.</summary>
internal static class CoreCalls
{
    public static void Register(CallRegistry calls)
    {
        RegisterSessions(calls);
        RegisterEvents(calls);
        RegisterTasks(calls);
    }

    private static void RegisterSessions(CallRegistry calls)
    {
        calls.Register("session.login_with_password", c => c.Pool.Sessions.LogIn(c.Text("uname"), c.Text("pwd"), c.Has("originator") ? c.Text("originator") : ""));
        calls.Register("session.slave_local_login_with_password", c => c.Pool.Sessions.LogInLocally(c.Text("uname"), c.Text("pwd")));
        calls.Register("session.logout", c => c.Pool.Sessions.Close(c.Session!));
        calls.Register("session.local_logout", c => c.Pool.Sessions.Close(c.Session!));
        calls.Register("session.get_all_subject_identifiers", _ => XapiValue.EmptySet);
        calls.Register("session.logout_subject_identifier", _ => { });
        calls.Register("pool.is_slave", c => c.HostRef != c.Db.Pool.Text("master"));
        calls.Register("host.is_in_emergency_mode", _ => false);
    }

    private static void RegisterEvents(CallRegistry calls)
    {
        calls.RegisterAsync("event.from", async c =>
        {
            var session = c.Pool.Sessions.Use(c.Session!);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(session, c.Cancellation);
            try
            {
                return await c.Pool.Events.FromAsync(c["classes"].AsTexts, c.Text("token"), c["timeout"].AsFloat, end.Token);
            }
            catch (OperationCanceledException) when (session.IsCancellationRequested)
            {
                throw new XapiException("SESSION_INVALID", c.Session!);
            }
        });
        calls.Register("event.inject", c =>
        {
            var (type, reference) = (c.Text("class"), c.Text("ref"));
            return new Token(c.Db.Touch(type, reference), 0).ToString();
        });
        calls.Register("event.get_current_id", _ => 0);
        calls.Register("event.register", c => c.Pool.LegacyEvents.Register(c.Session!, c["classes"].AsTexts));
        calls.Register("event.unregister", c => c.Pool.LegacyEvents.Unregister(c.Session!, c["classes"].AsTexts));
        calls.RegisterAsync("event.next", async c =>
        {
            var session = c.Pool.Sessions.Use(c.Session!);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(session, c.Cancellation);
            try
            {
                return await c.Pool.LegacyEvents.NextAsync(c.Session!, end.Token);
            }
            catch (OperationCanceledException) when (session.IsCancellationRequested)
            {
                throw new XapiException("SESSION_INVALID", c.Session!);
            }
        });
    }

    private static void RegisterTasks(CallRegistry calls)
    {
        calls.Register("task.create", c => Tasks.Create(c.Pool, c.Text("label"), c.Text("description"), c.HostRef).Ref);
        calls.Register("task.destroy", c =>
        {
            var task = c.Object("self");
            if (task.Text("status") == "pending")
                task.AddToMap("current_operations", "task", "destroy");
            else
                task.Destroy();
        });
        calls.Register("task.cancel", c => c.Object("task").AddToMap("current_operations", c.TaskRef, "cancel"));
        foreach (var field in (ReadOnlySpan<string>)["status", "progress", "result", "error_info"])
        {
            var name = field;
            calls.Register($"task.set_{name}", c => { c.Object("self")[name] = c["value"]; });
        }
    }
}
