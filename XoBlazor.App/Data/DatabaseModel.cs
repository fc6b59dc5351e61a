namespace XoBlazor.App.Data;

/// <summary>
/// The shape of the database, as EF works it out at every start. It costs a tenth of a second, so it is done beside the rest; EF keeps it for all
/// contexts of the process.
/// </summary>
internal static class DatabaseModel
{
    public static Task BuildAsync() => Task.Run(static () =>
    {
        using var database = new AppDatabaseDesign().CreateDbContext([]);
        _ = database.Model;
    });
}
