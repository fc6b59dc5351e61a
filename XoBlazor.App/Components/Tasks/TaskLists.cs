using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Tasks;

/// <summary>The lists of tasks and of alerts (XAPI's messages).</summary>
internal static class TaskLists
{
    public static readonly ListDefinition<XapiTask> Tasks = new()
    {
        Title = "Tasks",
        Noun = "task",
        Icon = "tasks",
        DefaultOrder = [new("created", Descending: true)],
        Follows = [XapiClass.XapiTask, XapiClass.Host, XapiClass.Pool],
        Chips = [new("Running", "status:pending"), new("Failed", "status:failure")],
        Columns =
        [
            Columns.State<XapiTask>(static (_, task) => TaskLooks.State(task)),
            Columns.Name<XapiTask>(),
            Columns.Share<XapiTask>("progress", "Progress", static (_, task) => task.Progress, alarm: null) with { Card = CardPlace.Second },
            Columns.Pool<XapiTask>() with { Card = CardPlace.Second },
            Columns.Link<XapiTask>("host", "Host", static (pool, task) => pool.Get(task.ResidentOn)),
            Columns.Moment<XapiTask>("created", "Started", static (_, task) => task.Created) with { Card = CardPlace.Second },
            new("took", "Took") { Text = Took, Sort = static (_, task) => Seconds(task), IsNumber = true, Width = 90 },
            new("error", "Error") { Text = static (_, task) => string.Join(' ', task.ErrorInfo.Select(ForeignText.Shown)), Width = 260 },
            Columns.Description<XapiTask>(static task => task.NameDescription),
            Columns.Uuid<XapiTask>(),
        ],
    };

    public static readonly ListDefinition<XapiMessage> Alerts = new()
    {
        Title = "Alerts",
        Noun = "alert",
        Icon = "alert",
        DefaultOrder = [new("time", Descending: true)],
        Follows = [XapiClass.XapiMessage, XapiClass.Vm, XapiClass.Host, XapiClass.Sr, XapiClass.Pool],
        Columns =
        [
            Columns.State<XapiMessage>(static (pool, message) => AlertLooks.Severity(Alert.Of(pool, message).Severity)) with { Title = "Severity", Sort = static (_, message) => (double)message.Priority },
            new("name", "What") { Text = static (pool, message) => Alert.Of(pool, message).Title, Grows = true, Width = 240, Card = CardPlace.First },
            Columns.Link<XapiMessage>("about", "About", static (pool, message) => pool.ObjectOf(message)) with { Card = CardPlace.Second, Width = 200 },
            new("text", "Details") { Text = static (pool, message) => Alert.Of(pool, message).Text, Width = 320 },
            Columns.Pool<XapiMessage>(),
            Columns.Moment<XapiMessage>("time", "When", static (_, message) => message.Timestamp) with { Card = CardPlace.Second },
            new("code", "Code") { Text = static (_, message) => message.Name, IsMono = true, Width = 220, IsShown = false },
            Columns.Uuid<XapiMessage>(),
        ],
    };

    private static string Took(Core.Store.PoolPicture pool, XapiTask task) => Seconds(task) is { IsNone: false, Number: { } seconds } ? Format.Duration(TimeSpan.FromSeconds(seconds)) : "";

    private static SortKey Seconds(XapiTask task) => task.Finished > task.Created ? (task.Finished - task.Created).TotalSeconds : SortKey.None;
}
