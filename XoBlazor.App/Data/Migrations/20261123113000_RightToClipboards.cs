using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XoBlazor.App.Data.Migrations
{
    /// <summary>Clipboards of consoles take a right of their own: roles that hold <c>vm.console</c> get it, and allow what they did.</summary>
    [DbContext(typeof(AppDatabase))]
    [Migration("20261123113000_RightToClipboards")]
    public partial class RightToClipboards : Migration
    {
        private const string Before = "\"vm.console\"";
        private const string Now = "\"vm.console\",\"vm.console.clipboard\"";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql($"UPDATE \"CustomRoles\" SET \"Rights\" = replace(\"Rights\", '{Before}', '{Now}')");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql($"UPDATE \"CustomRoles\" SET \"Rights\" = replace(\"Rights\", '{Now}', '{Before}')");
    }
}
