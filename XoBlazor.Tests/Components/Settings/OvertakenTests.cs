using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Settings.Directories;
using XoBlazor.App.Components.Settings.Groups;
using XoBlazor.App.Components.Settings.Roles;
using XoBlazor.App.Components.Settings.Users;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>Forms that stay open while another administrator changes the same thing: one that nobody typed into shows what holds now, one that somebody typed into says so and loses nothing.</summary>
public sealed class OvertakenTests : SettingsContext
{
    private const string Said = "Somebody changed this meanwhile";

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Role_ChangedByAnother_IsShownOrTold(bool isTypedInto)
    {
        var role = await Get<RoleAdministration>().CreateAsync(Boss, "starter", "", ["vm.start"], Token);
        var page = Open<EditRolePage>($"/settings/roles/new?edit={role}");
        WaitFor(page, () => Assert.Equal("starter", Value(page, "#role-name")));
        if (isTypedInto)
            page.Do(() => page.Find("#role-name"), it => it.Input("mine"));

        await Get<RoleAdministration>().EditAsync(Boss, role, "theirs", "", ["vm.start", "snapshot.create"], Token);

        Tell(page, "#role-name", isTypedInto);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Directory_ChangedByAnother_IsShownOrTold(bool isTypedInto)
    {
        var settings = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "mine", "dc=example,dc=test", "ldaps://127.0.0.1:9");
        await Get<DirectoryAdministration>().SaveAsync(Boss, settings, null, Token);
        var page = Open<DirectoryPage>($"/settings/directories/{settings.Id:D}", ("Id", settings.Id));
        WaitFor(page, () => Assert.Equal("mine", Value(page, "#d-name")));
        if (isTypedInto)
            page.Do(() => page.Find("#d-name"), it => it.Change("typed"));

        await Get<DirectoryAdministration>().SaveAsync(Boss, settings with { Name = "theirs" }, null, Token);

        Tell(page, "#d-name", isTypedInto);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task User_ChangedByAnother_IsShownOrTold(bool isTypedInto)
    {
        var id = await Get<UserAdministration>().CreateAsync(Boss, new("ada", "a long enough password 7", MustChangePassword: false), Token);
        var page = Open<UserPage>($"/settings/users/{id}", ("Id", id));
        Edit(page, "#user-name", "ada");
        if (isTypedInto)
            page.Do(() => page.Find("#user-name"), it => it.Input("mine"));

        await Get<UserAdministration>().EditAsync(Boss, id, "theirs", null, null, Token);

        Tell(page, "#user-name", isTypedInto);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Group_ChangedByAnother_IsShownOrTold(bool isTypedInto)
    {
        var id = await Get<GroupAdministration>().CreateAsync(Boss, "friends", "", Token);
        var page = Open<GroupPage>($"/settings/groups/{id}", ("Id", id));
        Edit(page, "#group-name", "friends");
        if (isTypedInto)
            page.Do(() => page.Find("#group-name"), it => it.Input("mine"));

        await Get<GroupAdministration>().EditAsync(Boss, id, "theirs", "of old", Token);

        Tell(page, "#group-name", isTypedInto);
    }

    [Fact]
    public async Task User_SavedByOneself_IsNotTold()
    {
        var id = await Get<UserAdministration>().CreateAsync(Boss, new("ada", "a long enough password 7", MustChangePassword: false), Token);
        var page = Open<UserPage>($"/settings/users/{id}", ("Id", id));
        Edit(page, "#user-name", "ada");

        page.Do(() => page.Find("#user-name"), it => it.Input("  grace "));
        page.Do(() => page.Find("form.form"), it => it.Submit());

        WaitFor(page, () => Assert.Equal("grace", page.Find("h1").TextContent.Trim()));
        WaitFor(page, () => Assert.Empty(page.FindAll("#user-name")));
        Assert.DoesNotContain(Said, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_SavedByOneself_IsNotTold()
    {
        var settings = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "mine", "dc=example,dc=test", "ldaps://127.0.0.1:9");
        await Get<DirectoryAdministration>().SaveAsync(Boss, settings, null, Token);
        var page = Open<DirectoryPage>($"/settings/directories/{settings.Id:D}", ("Id", settings.Id));
        WaitFor(page, () => Assert.Equal("mine", Value(page, "#d-name")));

        page.Do(() => page.Find("#d-name"), it => it.Change("  other  "));
        page.Do(() => page.Find("form.form"), it => it.Submit());

        WaitFor(page, () => Assert.Equal("other", page.Find("h1").TextContent.Trim()));
        Assert.DoesNotContain(Said, page.Markup, StringComparison.Ordinal);
    }

    private void Edit(IRenderedComponent<IComponent> page, string field, string value)
    {
        page.Do(() => page.FindAll("button").First(button => button.TextContent.Trim() == "Edit"), it => it.Click());
        WaitFor(page, () => Assert.Equal(value, Value(page, field)));
    }

    private void Tell(IRenderedComponent<IComponent> page, string field, bool isTypedInto)
    {
        if (isTypedInto)
        {
            WaitFor(page, () => Assert.Contains(Said, page.Markup, StringComparison.Ordinal));
            Assert.NotEqual("theirs", Value(page, field));
            page.Do(() => page.FindAll("button").Single(button => button.TextContent == "Show it as it is now"), it => it.Click());
        }

        WaitFor(page, () => Assert.Equal("theirs", Value(page, field)));
        Assert.DoesNotContain(Said, page.Markup, StringComparison.Ordinal);
    }

    private static string? Value(IRenderedComponent<IComponent> page, string field) => page.Find(field).GetAttribute("value");
}
