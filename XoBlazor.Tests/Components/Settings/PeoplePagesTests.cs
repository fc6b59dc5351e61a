using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Profile;
using XoBlazor.App.Components.Settings;
using XoBlazor.App.Components.Settings.Grants;
using XoBlazor.App.Components.Settings.Groups;
using XoBlazor.App.Components.Settings.Roles;
using XoBlazor.App.Components.Settings.Users;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>Users, groups, roles and grants, as an administrator sees and changes them.</summary>
public sealed class PeoplePagesTests : SettingsContext
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void CreateUser_FormFilled_StandsInTheListAndInTheAudit()
    {
        var page = Open<UsersPage>("/settings/users");

        page.DoWhenThere("button.add", it => it.Click());
        page.Do(() => page.Find("#user-name"), it => it.Input("grace"));
        page.Do(() => page.FindAll("[role=dialog] button").First(b => b.TextContent == "Generate"), it => it.Click());
        page.Do(() => page.Find("form"), it => it.Submit());

        WaitFor(page, () => Assert.Contains("grace", page.Find("table").TextContent, StringComparison.Ordinal));
        WaitFor(page, () =>
        {
            var record = Get<AuditLog>().Read(new() { Text = "grace" })[0].Record;
            Assert.Equal(("user.create", AuditOutcome.Succeeded, "192.0.2.7"), (record.Action, record.Outcome, record.Address));
        });
    }

    [Fact]
    public async Task Users_MadeByAnotherAdministrator_AppearByThemselves()
    {
        var page = Open<UsersPage>("/settings/users");
        page.WaitForElement("table", Patience.Limit);

        await UserAsync("hopper <b>");

        WaitFor(page, () => Assert.Contains("hopper <b>", page.Find("table").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crumbs_OfAPersonsPage_EndWithTheNameAndFollowARename()
    {
        var ada = await UserAsync("ada <b>");

        var page = Open<UserPageWithCrumbs>($"/settings/users/{ada}", ("Id", ada));

        page.WaitForAssertion(() => Assert.Equal(["Settings", "Users", "ada <b>"], page.FindAll(".crumbs li").Select(crumb => crumb.TextContent.Trim())), Patience.Limit);
        await Get<UserAdministration>().EditAsync(Boss, ada, "countess", null, null, Token);
        WaitFor(page, () => Assert.Equal("countess", page.Find(".crumbs li:last-child").TextContent.Trim()));
    }

    [Fact]
    public async Task SessionsAndTokens_OfEverybody_AreSeenAndEnded()
    {
        var (ada, grace) = (await UserAsync("ada"), await UserAsync("grace"));
        await Server.SessionAsync("ada");
        await Server.SessionAsync("grace");
        await Get<ApiTokens>().CreateAsync(Boss, ada, "robot", TimeSpan.FromDays(1), null, Token);
        Session = await Server.SessionAsync(TestServer.Admin);
        var page = Open<SessionsPage>("/settings/sessions");
        WaitFor(page, () => Assert.Equal(3, page.FindAll("table[aria-label=Sessions] tbody tr").Count));
        Assert.Single(page.FindAll("table[aria-label=Sessions] td"), cell => cell.TextContent.Trim() == "this one");

        page.Do(() => page.FindAll("table[aria-label=Sessions] tbody tr").Single(row => row.QuerySelector("a")!.TextContent == "ada").QuerySelector("button")!, it => it.Click());
        page.DoWhenThere(".mud-dialog form", it => it.Submit());
        WaitFor(page, () => Assert.Empty(Get<SignInSessions>().Of(ada)));
        page.Do(() => page.Find("[aria-label='Revoke robot']"), it => it.Click());
        page.DoWhenThere(".mud-dialog form", it => it.Submit());

        WaitFor(page, () => Assert.Empty(page.FindAll("table[aria-label='API tokens']")));
        Assert.Single(Get<SignInSessions>().Of(grace));
        Assert.Empty(await Get<ApiTokens>().ListAsync(null, Token));
    }

    [Fact]
    public async Task SessionsAndTokens_Filtered_AreThoseOfWhoIsNamed()
    {
        var ada = await UserAsync("ada");
        await UserAsync("grace");
        await Server.SessionAsync("ada");
        await Server.SessionAsync("grace");
        await Get<ApiTokens>().CreateAsync(Boss, ada, "robot", TimeSpan.FromDays(1), null, Token);

        var page = Open<SessionsPage>("/settings/sessions?q=ada");

        WaitFor(page, () => Assert.Single(page.FindAll("table[aria-label=Sessions] tbody tr")));
        Assert.Equal([$"/settings/users/{ada}", $"/settings/users/{ada}"], page.FindAll("tbody a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task GiveRole_RuleOnATag_SaysHowManyVmsAndGivesIt()
    {
        using var pool = new SamplePool(Store, vms: 4);
        pool.Apply(pool.Vm(1) with { Tags = ["prod"] }, pool.Vm(2) with { Tags = ["prod"] }, pool.Vm(3) with { Tags = ["lab"] }, pool.Vm(0) with { Tags = [] });
        var ada = await UserAsync("ada");
        var page = Open<UserPage>($"/settings/users/{ada}", ("Id", ada));

        page.DoWhenThere("button.give", it => it.Click());
        page.Do(() => page.Find("#grant-rule"), it => it.Input("tags:prod"));
        var reach = page.Find(".reach").TextContent;
        page.Do(() => page.Find("[role=dialog] form"), it => it.Submit());

        Assert.Equal("Matches 2 VMs now.", reach);
        WaitFor(page, () => Assert.Contains("VMs with tags:prod", page.Find("table[aria-label=Grants]").TextContent, StringComparison.Ordinal));
        var asAda = new Actor(AccessPolicyFeed.Text(ada), "ada");
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(i => Access.Allows(asAda, Right.View, pool.Picture, pool.Vm(i))));
    }

    [Fact]
    public async Task GiveRole_RuleThatCannotBeRead_ShowsTheErrorAtTheCharacterAndCannotBeGiven()
    {
        var ada = await UserAsync("ada");
        var page = Open<UserPage>($"/settings/users/{ada}", ("Id", ada));

        page.DoWhenThere("button.give", it => it.Click());
        page.Do(() => page.Find("#grant-rule"), it => it.Input("memory:4"));

        Assert.Equal("memory", page.Find(".problem mark").TextContent.TrimEnd(':', '4'));
        Assert.True(page.Find("[role=dialog] button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task RemoveGrant_Confirmed_SaysWhatItCausesAndTakesIt()
    {
        using var pool = new SamplePool(Store, vms: 3);
        var ada = await UserAsync("ada");
        await Get<GrantAdministration>().AddAsync(Boss, SubjectKind.User, ada, Role.Operator.Id, new AccessScope.OfPool(pool.Uuid), Token);
        var page = Open<GrantsPage>("/settings/grants?q=ada");

        page.DoWhenThere("td button.danger", it => it.Click());
        page.WaitForElement(".mud-dialog form", Patience.Limit);
        var words = page.Find(".mud-dialog form").TextContent;
        page.Do(() => page.Find(".mud-dialog form"), it => it.Submit());

        Assert.Contains("It reaches 3 VMs at the moment", words, StringComparison.Ordinal);
        WaitFor(page, () => Assert.Empty(page.FindAll("td button.danger")));
        Assert.False(Access.AllowsPool(new(AccessPolicyFeed.Text(ada), "ada"), Right.View, pool.Uuid));
    }

    [Fact]
    public void LastAdministrator_Disabled_IsRefusedWithWords()
    {
        var page = Open<UserPage>($"/settings/users/{Administrator}", ("Id", Administrator));
        page.WaitForElement("h1", Patience.Limit);

        page.Do(() => page.FindAll("button").First(b => b.TextContent == "Disable"), it => it.Click());
        page.DoWhenThere(".mud-dialog form", it => it.Submit());

        page.WaitForAssertion(() => Assert.Contains("Make another local user an administrator first", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience.Limit);
    }

    [Fact]
    public async Task User_ViewAs_ShowsTheConsoleAsTheyDo()
    {
        var ada = await UserAsync("ada");
        var page = Open<UserPage>($"/settings/users/{ada}", ("Id", ada));

        page.DoWhenThere("[title='See the console as ada does']", it => it.Click());

        page.WaitForAssertion(() => Assert.Equal("ada", Services.GetRequiredService<CircuitView>().Eyes.Name), Patience.Limit);
    }

    [Fact]
    public async Task Group_MemberAddedAndRemoved_ShowsThem()
    {
        await UserAsync("ada");
        var group = await Get<GroupAdministration>().CreateAsync(Boss, "Operators", "", Token);
        var page = Open<GroupPage>($"/settings/groups/{group}", ("Id", group));

        page.WaitForElement("h1", Patience.Limit);
        page.Do(() => page.FindAll("button").First(b => b.TextContent == "Add a member"), it => it.Click());
        page.DoWhenThere("#new-member", it => it.Input("ad"));
        page.DoWhenThere(".hits button", it => it.Click());
        page.Do(() => page.Find("[role=dialog] form"), it => it.Submit());
        WaitFor(page, () => Assert.Contains("ada", page.Find("table[aria-label=Members]").TextContent, StringComparison.Ordinal));
        page.Do(() => page.Find("[aria-label='Remove ada from Operators']"), it => it.Click());
        page.DoWhenThere(".mud-dialog form", it => it.Submit());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("table[aria-label=Members]")), Patience.Limit);
    }

    [Fact]
    public void Role_MadeByTicking_HasTheRights()
    {
        var page = Open<EditRolePage>("/settings/roles/new");

        page.DoWhenThere("#role-name", it => it.Input("Starter"));
        page.Do(() => page.Find("label[title='vm.start'] input"), it => it.Change(true));
        page.Do(() => page.Find("form"), it => it.Submit());

        page.WaitForAssertion(() => Assert.Equal(["object.view", "vm.start"], Access.Policy.Roles.Values.Single(one => one.Name == "Starter").Rights), Patience.Limit);
    }

    [Fact]
    public async Task Role_DeletedWhileInUse_IsRefusedWithWords()
    {
        var role = await Get<RoleAdministration>().CreateAsync(Boss, "Starter", "", ["vm.start"], Token);
        await Get<GrantAdministration>().AddAsync(Boss, SubjectKind.User, await UserAsync("ada"), role, AccessScope.Everything.Instance, Token);
        var page = Open<RolePage>($"/settings/roles/{role}", ("Id", role));

        page.DoWhenThere("button.danger", it => it.Click());
        page.DoWhenThere(".mud-dialog input", it => it.Input("Starter"));
        page.Do(() => page.Find(".mud-dialog form"), it => it.Submit());

        page.WaitForAssertion(() => Assert.Contains("is given by 1 grant", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience.Limit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Role_SecondFactorChosen_HoldsOnlyWhenItsEffectWasConfirmed(bool isConfirmed)
    {
        var role = await Get<RoleAdministration>().CreateAsync(Boss, "Starter", "", ["vm.start"], Token);
        await Get<GrantAdministration>().AddAsync(Boss, SubjectKind.User, await UserAsync("ada"), role, AccessScope.Everything.Instance, Token);
        var page = Open<RolePage>($"/settings/roles/{role}", ("Id", role));

        page.DoWhenThere("#role-factor", it => it.Change(nameof(SecondFactor.Passkey)));
        var effect = page.WaitForElement(".mud-dialog form", Patience.Limit).TextContent;
        if (isConfirmed)
            page.Do(() => page.Find(".mud-dialog form"), it => it.Submit());
        else
            page.Do(() => page.FindAll(".mud-dialog button").First(b => b.TextContent == "Cancel"), it => it.Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-dialog form")), Patience.Limit);

        Assert.Contains("1 grant gives Starter: whoever has it and no passkey yet has to add one", effect, StringComparison.Ordinal);
        var expected = isConfirmed ? nameof(SecondFactor.Passkey) : nameof(SecondFactor.None);
        page.WaitForAssertion(() => Assert.Equal(expected, page.Find("#role-factor").GetAttribute("value")), Patience.Limit);
        // What is chosen shows before it is kept.
        using var patience = Patience.Source();
        while ((await Get<AdministrationReader>().RequirementsAsync(patience.Token)).ContainsKey(role) != isConfirmed)
            await Task.Delay(20, patience.Token);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WithoutTheRight_SaysSoAndShowsNothing(string name)
    {
        var ada = await UserAsync("ada");
        Person = new(AccessPolicyFeed.Text(ada), "ada");

        var page = OpenByName(name);

        page.WaitForAssertion(() => Assert.Contains("not for you", page.Find(".empty h1").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.Empty(page.FindAll("table, form, header"));
    }

    [Fact]
    public async Task Page_RightTakenAway_Empties()
    {
        var ada = await UserAsync("ada");
        var grant = await Get<GrantAdministration>().AddAsync(Boss, SubjectKind.User, ada, Role.Administrator.Id, AccessScope.Everything.Instance, Token);
        Person = new(AccessPolicyFeed.Text(ada), "ada");
        var page = Open<UsersPage>("/settings/users");
        page.WaitForElement("table", Patience.Limit);

        await Get<GrantAdministration>().RemoveAsync(Boss, grant, Token);

        WaitFor(page, () => Assert.Empty(page.FindAll("table")));
    }

    public static TheoryData<string> Pages() => [.. AllPages.Select(page => page.Name)];

    // One's own profile is for everybody.
    private static IEnumerable<Type> AllPages =>
        typeof(SettingsPage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SettingsPage)) && !type.IsAbstract && type != typeof(ProfilePage));

    private IRenderedComponent<IComponent> OpenByName(string name)
    {
        var open = typeof(ConsoleContext).GetMethod(nameof(Open))!.MakeGenericMethod(AllPages.Single(page => page.Name == name));
        return (IRenderedComponent<IComponent>)open.Invoke(this, ["/settings", Array.Empty<(string, object)>()])!;
    }

    /// <summary>The crumbs stand in the frame, before the page that names itself.</summary>
    private sealed class UserPageWithCrumbs : ComponentBase
    {
        [Parameter]
        public Guid Id { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Crumbs>(0);
            builder.CloseComponent();
            builder.OpenComponent<UserPage>(1);
            builder.AddComponentParameter(2, nameof(UserPage.Id), Id);
            builder.CloseComponent();
        }
    }
}
