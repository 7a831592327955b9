/**
 * Names that no registry package has in Latin letters or in order of frequency, written for the bench: most common
 * first, as far as is common knowledge. They are not the product's tables, so that nothing here knows its answers.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const britishSurnames = words(`
Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson Thompson Wright Walker White
Edwards Hughes Green Hall Lewis Harris Clarke Jackson Wood Turner Martin Cooper Hill Ward Morris Moore Clark Lee King
Baker Harrison Morgan Allen James Scott Phillips Watson Davis Parker Price Bennett Young Griffiths Mitchell Cook
Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Richards Marshall Anderson Simpson Ellis Adams Wilkinson
Foster Chapman Campbell Stewart Graham Webb Rogers Gray Hunt Mills Palmer Holmes Matthews Gibson Fisher Barnes Knight
Lloyd Butler Russell Barker Stevens Jenkins Murray Dixon Fletcher Hamilton Mason Harvey Pearson Howard Andrews Reid
Elliott Fox Ford Reynolds Payne West Day Johnston Hart Saunders Spencer Armstrong Lawrence Atkinson Wells Dawson
Bradley Burton Walsh Watts Cole Woods Hudson Ross Henderson Robertson Macdonald Paterson Mcdonald Fraser Cameron Kerr
Sinclair Duncan Ferguson Douglas Wallace Crawford Burns Boyd Mackenzie Maclean Sutherland Grant Rees Powell Owen
Pritchard Vaughan Bowen Pugh Gough Meredith Beynon Tudor Llewellyn Probert Trevithick Penrose Tregenza Pascoe`);

/** Two halves of which older English surnames are made: the long tail, thousands of rare but plausible names. */
export const surnameHeads = words(`
Ash Ald Apple Ark Barn Bar Beck Bent Ber Bex Birch Black Blen Bol Brad Bram Brans Brent Brock Brom Brough Buck Bur
Butter Cal Can Carl Char Ched Chel Clay Cleve Cliff Clif Col Cop Cott Cran Craw Cres Crom Crow Cul Dal Dar Den Der
Dray Dun Dur East Eccle Edge El Elm Ems Fair Fal Far Farn Fen Fern Fin Flax Ful Gar Gil Glas Gold Gos Gran Green Grim
Had Hal Ham Harg Har Hart Hat Haw Hazel Heath Hel Hen Hey High Hin Hob Hol Hor How Hux Il Ingle Kel Ken Kid Kil King
Kirk Lang Lath Lay Led Leigh Lin Litch Lock Long Lud Lyn Mal Man Marl Mar May Mel Mer Mid Mil Mor Nor Oak Old Or Os
Ot Pem Pen Pil Pren Rad Ram Rath Raw Red Ren Rip Rock Rod Roth Row Rush Ry Sal Sand Sax Sel Shel Ship Shut Sid Skel
Som South Stan Stap Stoke Stour Strat Sut Swin Tar Ten Thorn Thur Til Tin Tod Tun Up Wad Wake Wal War Wat Way Wel
Wen Whar Whit Wid Wil Win Wood Wor Wy Yel`);
export const surnameTails = words(`
acre bank beck bourne bridge brook burn bury by castle cliffe cock combe cote croft cross dale den don end field fold
ford forth gate grave grove ham head hill holme holt house hurst ing ington land ley low man marsh mead mere more ner
ott over port ridge sall sey shaw side son stead stock stone stow ter ton tree turn wade wall ward water way well wick
win with wood worth yard`);

export const irishSurnames = words(`
Murphy Kelly Walsh O'Brien Byrne Ryan O'Connor O'Sullivan O'Neill Doyle McCarthy Gallagher O'Reilly Kennedy Lynch Murray
Quinn McLoughlin Moran Burke Dunne O'Donnell Daly Brennan Kavanagh Nolan Farrell Hughes Whelan Duffy O'Keeffe Mahon
Flynn Casey Connolly Maguire Healy Foley Sheehan Collins Power McGrath Callaghan Hogan O'Leary Cullen McNamara Sweeney
Keane Fitzgerald Donnelly McGuinness McMahon Delaney Higgins Rooney Gormley Tierney Kinsella Coughlan Fallon Geraghty`);
export const irishGiven = {
  f: words(`Aoife Ciara Niamh Siobhán Sinéad Róisín Orla Gráinne Caoimhe Deirdre Bríd Máire Saoirse Eimear Aisling
Clodagh Nuala Fionnuala Maeve Bernadette Mary Margaret Bridget Catherine Kathleen Patricia Eileen Noreen Una Sheila`),
  m: words(`Seán Patrick Liam Conor Cian Oisín Darragh Eoin Cormac Declan Brendan Fergus Diarmuid Pádraig Aidan Ciarán
Kevin Brian Michael James Thomas Daniel Eamon Donal Niall Rory Ruairí Colm Finbarr Gerard Dermot Cathal`),
};

export const southAsianSurnames = words(`
Khan Ahmed Ali Hussain Begum Akhtar Mahmood Malik Shah Iqbal Choudhury Rahman Miah Uddin Islam Hassan Butt Mirza Sheikh
Qureshi Aziz Rashid Siddiqui Chaudhry Raja Akram Bibi Javed Hossain Haque Alam Karim Mohammed Saleem Rafiq Arshad
Bashir Nawaz Yousaf Rehman Zaman Latif Majid Tariq Baig Abbasi Ashraf Anwar Bhatti Chowdhury Ahmad Hafeez Kabir Sultana
Khatun Kauser Parveen Saeed Sharif Syed Talukdar Ullah Younis Zafar Gul Afridi Dar Janjua Gilani Munir Naseem Hanif`);
export const southAsianGiven = {
  f: words(`Aisha Fatima Maryam Zainab Khadija Amina Saima Nasreen Shabana Rukhsana Farzana Shazia Noor Yasmin Sadia
Rabia Samina Tahira Nadia Bushra Hafsa Sumaiya Iqra Shamim Rehana Parveen Kulsum Nusrat Tasneem Zara Salma Razia
Shahnaz Uzma Humaira Sajida Robina Asma Lubna Naila Mehwish Sana Nazia Hina Ayesha Anisa Halima Jamila`),
  m: words(`Mohammed Muhammad Ahmed Ali Abdul Hassan Hussain Imran Tariq Asif Nadeem Shahid Usman Bilal Hamza Ibrahim
Yusuf Omar Khalid Javed Rashid Zahid Sajid Wasim Kamran Adnan Faisal Amir Arif Nasir Tahir Naveed Shabir Shafiq Rizwan
Zubair Iftikhar Mahmood Aftab Junaid Haroon Ismail Mustafa Abdur Fazal Ghulam Habib Jamal Karim Mizanur Nazrul Shofiqul
Anwar Masud Syed Sohail Waqar Yasin Zeeshan Adil Danyal`),
};
/** Given names that mean little by themselves and are borne before another. */
export const southAsianLeading = words('Mohammed Muhammad Md Abdul Syed');

export const indianSurnames = words(`
Patel Singh Kaur Shah Sharma Kumar Gill Desai Mistry Dhillon Sandhu Gupta Mehta Joshi Chauhan Parmar Solanki Sidhu
Grewal Bains Dhaliwal Johal Mann Virdee Rai Nair Menon Reddy Iyer Pillai Thomas George Mathew Chopra Kapoor Malhotra
Verma`);

export const arabicSurnames = words(`
Al-Hassan Hassan Ibrahim Ahmed Mohamed Ali Khalil Hussein Mahmoud Saleh Yousef Abdullah Osman Omar Al-Jabiri Salem
El-Sayed Mansour Nasser Haddad Khoury Saeed Mustafa Aziz Al-Rashid Abbas Bakr Hamdan Suleiman Darwish El-Masri Najjar
Farah Warsame Abdi Hassani Qasim Younis Jaber Al-Tamimi Barakat Zaki Shaheen Kassem Hamid Fadel Ghazali Rahmani Amin
Taha Bashir Halabi Al-Obaidi Bouzid Benali Cherif Boukhari Tahiri Jama Nur Aden Elmi`);
export const arabicGiven = {
  f: words(`Fatima Aisha Maryam Nour Layla Zainab Huda Amal Rania Samira Yasmin Salma Khadija Noura Hanan Iman Dina Reem
Asma Najwa Sahar Wafa Farida Halima Leila Mona Nadia Rasha Suad Zahra Hodan Ifrah Sahra Amina Karima Lamia`),
  m: words(`Mohamed Ahmed Ali Omar Hassan Hussein Khalid Ibrahim Youssef Mustafa Mahmoud Abdullah Tariq Samir Karim
Yasser Faisal Saleh Nasser Hamza Bilal Walid Rashid Jamal Adel Amr Bassam Fadi Ghassan Hadi Imad Jaber Kamal Majid
Nabil Osama Qasim Rami Said Tarek Usama Wael Zaid Abdirahman Abdi Farah Mukhtar Sharif Yahya Zakaria Abdelkader`),
};

/** Syllables of which given names in pinyin are made, one or two. */
export const pinyin = words(`
wei min jing li yan fang na xiu ying juan hua ping gang jie lei tao bin bo yu xin yi jun qiang ming hong mei ling hui
xia lan feng yun xue chen hao ran yang zhen rui qi shan kai long sheng wen xiang yong zhi`);

/** Spellings of one name from another script that are all in use, where the shared list is not present. */
export const spellings: readonly (readonly string[])[] = [
  'Mohammed Muhammad Mohamed Mohammad Muhammed Mohamad',
  'Ahmed Ahmad Ahmet',
  'Hussain Hussein Husain Hossain Hussien',
  'Hassan Hasan Hassen',
  'Yusuf Youssef Yousuf Yusef Yousef Yousaf',
  'Aisha Ayesha Aysha Aicha',
  'Fatima Fatema Fatimah Fathima',
  'Maryam Mariam Meryem Miriam',
  'Zainab Zaynab Zeinab Zeynep',
  'Khadija Khadijah Khadeeja Hadija',
  'Omar Umar Omer',
  'Usman Osman Uthman Othman',
  'Khalid Khaled Kalid',
  'Tariq Tarek Tarik Tareq',
  'Ibrahim Ebrahim Ibraheem',
  'Mustafa Mostafa Mustapha Moustafa',
  'Mahmood Mahmoud Mehmood Mahmud',
  'Abdullah Abdallah Abdulla',
  'Rashid Rasheed Rachid',
  'Saeed Said Sayeed Saïd',
  'Chaudhry Choudhury Chowdhury Choudhry Chaudhary',
  'Miah Mia Miya',
  'Rahman Rehman Raman',
  'Uddin Ud-Din Udin',
  'Siddiqui Siddiqi Siddique',
  'Qureshi Quraishi Kureshi',
  'Sheikh Shaikh Sheik Shaykh',
  'Iqbal Ikbal Eqbal',
  'Layla Leila Laila Leyla',
  'Nour Noor Nur',
  'Yasmin Yasmeen Jasmin',
  'Saleh Salih Saleem',
  'Zhang Chang Cheung',
  'Wang Wong',
  'Chen Chan',
  'Huang Wong Hwang',
  'Zhou Chow Chou',
  'Xu Hsu Tsui',
  'Zhao Chiu Chao',
  'Wu Ng',
  'Liang Leung',
  'Guo Kwok Kuo',
].map(words);

/** Pet names, where the shared list is not present: the full name first. */
export const petNames: readonly (readonly string[])[] = [
  'William Will Bill Billy Liam',
  'Robert Rob Bob Bobby Robbie',
  'Elizabeth Liz Beth Lizzie Betty Eliza',
  'Katherine Kate Kathy Katie Kath',
  'Catherine Cath Kate Cathy',
  'Margaret Maggie Meg Peggy',
  'Thomas Tom Tommy',
  'James Jim Jimmy Jamie',
  'John Jack Johnny',
  'Michael Mike Mick Mikey',
  'Christopher Chris Kit',
  'Matthew Matt Matty',
  'Joshua Josh',
  'Daniel Dan Danny',
  'Samuel Sam Sammy',
  'Joseph Joe Joey',
  'Benjamin Ben Benny',
  'Alexander Alex Sandy Xander',
  'Nicholas Nick Nicky',
  'Anthony Tony Ant',
  'Andrew Andy Drew',
  'Edward Ed Ted Eddie Ned',
  'Charles Charlie Chaz',
  'Richard Rick Dick Richie',
  'Jonathan Jon Jonny',
  'Stephen Steve Stevie',
  'Patrick Pat Paddy',
  'David Dave Davey',
  'Peter Pete',
  'Gregory Greg',
  'Rebecca Becky Bex Becca',
  'Jessica Jess Jessie',
  'Jennifer Jen Jenny',
  'Victoria Vicky Tori',
  'Abigail Abi Abby',
  'Charlotte Lottie Charlie',
  'Samantha Sam Sammy',
  'Natasha Tash Tasha',
  'Alexandra Alex Lexi Sandra',
  'Bethany Beth',
  'Deborah Deb Debbie',
  'Susan Sue Susie',
  'Amanda Mandy',
  'Patricia Pat Trish',
  'Jacqueline Jackie',
  'Eleanor Ellie Nell',
  'Isabella Bella Izzy',
  'Philippa Pippa',
].map(words);

/** Parts of invented towns. */
export const townHeads = words(`
Alder Bracken Calder Dunmer Elver Farthing Garrow Hather Inkle Jessam Kelder Larch Marrow Nether Oster Pender Quarring
Raven Saffer Tarrow Ulver Venner Wether Yarrow Amber Brindle Cinder Dapple Ember Fallow Gorse Hollow Iver Kestrel
Linden Merrow Nettle Otter Pipers Rowan Sorrel Thistle Umber Willow Wren`);
export const townTails = words('ford bridge wick mouth stead combe minster ham worth pool dale haven');
