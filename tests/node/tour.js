/** LINE's own SDK for Node on a tour of the API; prints what it was told, as JSON. */

import { LineBotClient, messagingApi, validateSignature } from "@line/bot-sdk";
import { readFileSync } from "node:fs";

const { url, token, secret, member, other, group, replyToken, photo, image, menu, webhook } =
  JSON.parse(readFileSync(0, "utf-8"));
const given = { channelAccessToken: token, baseURL: url };
const api = new messagingApi.MessagingApiClient(given);
const blobs = new messagingApi.MessagingApiBlobClient(given);
const said = (text) => [{ type: "text", text }];
const told = {};

async function bytes(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

async function statusOf(act) {
  try {
    await act();
    return 200;
  } catch (error) {
    return error.status ?? String(error);
  }
}

async function messages() {
  const key = "123e4567-e89b-12d3-a456-426614174000";
  const push = { to: member, messages: said("押す") };
  told.pushed = (await api.pushMessage(push, key)).sentMessages.length;
  told.pushedAgain = await statusOf(() => api.pushMessage(push, key));
  told.replied = (await api.replyMessage({ replyToken, messages: said("返す") })).sentMessages.length;
  told.repliedAgain = await statusOf(() => api.replyMessage({ replyToken, messages: said("返す") }));
  await api.multicast({ to: [member, other], messages: said("みんなへ") });
  await api.broadcast({ messages: said("友だちへ") });
  told.tooLong = await statusOf(() => api.validatePush({ messages: said("あ".repeat(5001)) }));
  told.valid = await statusOf(() => api.validatePush({ messages: said("水") }));
  told.pushedToGroup = await statusOf(() => api.pushMessage({ to: group, messages: said("組へ") }));
}

async function lookups() {
  told.profile = await api.getProfile(member);
  told.group = (await api.getGroupSummary(group)).groupName;
  told.members = (await api.getGroupMemberCount(group)).count;
  told.memberIds = await statusOf(() => api.getGroupMembersIds(group));
  told.quota = (await api.getMessageQuota()).value;
  told.used = (await api.getMessageQuotaConsumption()).totalUsage;
  told.bot = (await api.getBotInfo()).displayName;
  told.endpoint = (await api.getWebhookEndpoint()).active;
  told.tested = (await api.testWebhookEndpoint({})).success;
  told.content = (await bytes(await blobs.getMessageContent(photo))).toString("base64");
}

async function richMenus() {
  await api.validateRichMenuObject(menu);
  const { richMenuId } = await api.createRichMenu(menu);
  told.withoutImage = await statusOf(() => api.setDefaultRichMenu(richMenuId));
  const picture = new Blob([Buffer.from(image, "base64")], { type: "image/png" });
  await blobs.setRichMenuImage(richMenuId, picture);
  told.sameImage = (await bytes(await blobs.getRichMenuImage(richMenuId))).toString("base64") === image;
  await api.setDefaultRichMenu(richMenuId);
  await api.createRichMenuAlias({ richMenuAliasId: "tour", richMenuId });
  await api.linkRichMenuIdToUser(other, richMenuId);
  await api.linkRichMenuIdToUsers({ richMenuId, userIds: [member] });
  told.linked = (await api.getRichMenuIdOfUser(other)).richMenuId === richMenuId;
  told.aliases = (await api.getRichMenuAliasList()).aliases.map((alias) => alias.richMenuAliasId);
  told.menus = (await api.getRichMenuList()).richmenus.map((one) => one.chatBarText);
  await api.deleteRichMenu(richMenuId);
  told.deleted = await statusOf(() => api.getRichMenu(richMenuId));
}

async function rest() {
  const stranger = new messagingApi.MessagingApiClient({ ...given, channelAccessToken: "another" });
  told.badToken = await statusOf(() => stranger.getBotInfo());
  told.signed = validateSignature(webhook.body, secret, webhook.signature);
  told.forged = validateSignature(webhook.body + " ", secret, webhook.signature);
  told.unified = typeof LineBotClient.fromChannelAccessToken;
}

for (const part of [messages, lookups, richMenus, rest]) await part();
console.log(JSON.stringify(told));
